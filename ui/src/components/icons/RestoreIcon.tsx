import { IconFrame, type IconProps } from "./IconFrame";

export function RestoreIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M3 8a5 5 0 1 0 1.6-3.7L3 5.8M3 2.8v3h3" />
    </IconFrame>
  );
}
