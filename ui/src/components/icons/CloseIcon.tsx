import { IconFrame, type IconProps } from "./IconFrame";

export function CloseIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="m4 4 8 8M12 4l-8 8" />
    </IconFrame>
  );
}
