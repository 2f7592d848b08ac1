import { IconFrame, type IconProps } from "./IconFrame";

export function ArrowDownIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M8 3v10M3.8 8.8 8 13l4.2-4.2" />
    </IconFrame>
  );
}
