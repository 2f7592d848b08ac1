import { IconFrame, type IconProps } from "./IconFrame";

export function FileIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M4 2.5h5l3 3v8H4ZM9 2.5v3h3" />
    </IconFrame>
  );
}
