import { IconFrame, type IconProps } from "./IconFrame";

export function MoonIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M13 9.6A5.5 5.5 0 0 1 6.4 3a5.3 5.3 0 1 0 6.6 6.6Z" />
    </IconFrame>
  );
}
