import { IconFrame, type IconProps } from "./IconFrame";

export function PlayIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M5 3.5v9l7-4.5Z" />
    </IconFrame>
  );
}
