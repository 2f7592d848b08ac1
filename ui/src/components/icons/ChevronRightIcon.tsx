import { IconFrame, type IconProps } from "./IconFrame";

export function ChevronRightIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="m6 3.5 4.5 4.5L6 12.5" />
    </IconFrame>
  );
}
