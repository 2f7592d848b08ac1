import { IconFrame, type IconProps } from "./IconFrame";

export function DatasetIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <ellipse cx="8" cy="4" rx="5" ry="1.8" />
      <path d="M3 4v8c0 1 2.2 1.8 5 1.8s5-.8 5-1.8V4M3 8c0 1 2.2 1.8 5 1.8S13 9 13 8" />
    </IconFrame>
  );
}
