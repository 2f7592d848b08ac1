import { IconFrame, type IconProps } from "./IconFrame";

export function MoreIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.2" />
    </IconFrame>
  );
}
