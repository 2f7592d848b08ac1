import { IconFrame, type IconProps } from "./IconFrame";

export function ScreenIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <rect x="2" y="3" width="12" height="8" rx="1.2" />
      <path d="M6 13.5h4" />
    </IconFrame>
  );
}
