import { IconFrame, type IconProps } from "./IconFrame";

export function WarningIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M8 2.5 14 13H2ZM8 6.5v3M8 11.3h.01" />
    </IconFrame>
  );
}
