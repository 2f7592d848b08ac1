import { IconFrame, type IconProps } from "./IconFrame";

export function CheckIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="m3.2 8.4 3.2 3.2 6.4-7.2" />
    </IconFrame>
  );
}
