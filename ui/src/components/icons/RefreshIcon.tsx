import { IconFrame, type IconProps } from "./IconFrame";

export function RefreshIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M13 8a5 5 0 1 1-1.6-3.7L13 5.8M13 2.8v3h-3" />
    </IconFrame>
  );
}
