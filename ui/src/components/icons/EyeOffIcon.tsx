import { IconFrame, type IconProps } from "./IconFrame";

export function EyeOffIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M6.2 4.1A6 6 0 0 1 8 3.8c4 0 6.2 4.2 6.2 4.2a11 11 0 0 1-1.6 2.1M4.2 5A11 11 0 0 0 1.8 8S4 12.2 8 12.2a5.6 5.6 0 0 0 3-.9M2.5 2.5l11 11" />
    </IconFrame>
  );
}
