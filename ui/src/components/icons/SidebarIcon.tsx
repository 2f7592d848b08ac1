import { IconFrame, type IconProps } from "./IconFrame";

export function SidebarIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <rect x="2.5" y="3" width="11" height="10" rx="1.5" />
      <path d="M6.2 3v10" />
    </IconFrame>
  );
}
