import { IconFrame, type IconProps } from "./IconFrame";

export function GroupIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M3 4h10M6 8h7M6 12h7M3 8v4" />
    </IconFrame>
  );
}
