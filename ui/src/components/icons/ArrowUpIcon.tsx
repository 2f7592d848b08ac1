import { IconFrame, type IconProps } from "./IconFrame";

export function ArrowUpIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M8 13V3M3.8 7.2 8 3l4.2 4.2" />
    </IconFrame>
  );
}
