import { IconFrame, type IconProps } from "./IconFrame";

export function EyeIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8Z" />
      <circle cx="8" cy="8" r="1.8" />
    </IconFrame>
  );
}
