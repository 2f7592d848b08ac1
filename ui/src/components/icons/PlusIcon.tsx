import { IconFrame, type IconProps } from "./IconFrame";

export function PlusIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M8 3v10M3 8h10" />
    </IconFrame>
  );
}
