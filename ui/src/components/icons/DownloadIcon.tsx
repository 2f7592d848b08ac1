import { IconFrame, type IconProps } from "./IconFrame";

export function DownloadIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13.5h10" />
    </IconFrame>
  );
}
