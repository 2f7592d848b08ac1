import { IconFrame, type IconProps } from "./IconFrame";

export function SearchIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <circle cx="7" cy="7" r="4.2" />
      <path d="m10.2 10.2 3.3 3.3" />
    </IconFrame>
  );
}
