import { IconFrame, type IconProps } from "./IconFrame";

export function PencilIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="m3 13 .7-2.9L10.7 3a1.4 1.4 0 0 1 2 0l.3.3a1.4 1.4 0 0 1 0 2L5.9 12.3 3 13ZM9.5 4.3l2.2 2.2" />
    </IconFrame>
  );
}
