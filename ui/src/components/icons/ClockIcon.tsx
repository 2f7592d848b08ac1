import { IconFrame, type IconProps } from "./IconFrame";

export function ClockIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 5v3.2l2 1.3" />
    </IconFrame>
  );
}
