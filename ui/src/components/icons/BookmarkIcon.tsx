import { IconFrame, type IconProps } from "./IconFrame";

export function BookmarkIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M4.5 2.5h7v11L8 10.5l-3.5 3z" />
    </IconFrame>
  );
}
