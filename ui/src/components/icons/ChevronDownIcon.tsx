import { IconFrame, type IconProps } from "./IconFrame";

export function ChevronDownIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M3.5 6 8 10.5 12.5 6" />
    </IconFrame>
  );
}
