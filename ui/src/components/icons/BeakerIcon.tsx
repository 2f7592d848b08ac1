import { IconFrame, type IconProps } from "./IconFrame";

export function BeakerIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M6 2.5h4M6.7 2.5V6l-3.5 6a1 1 0 0 0 .9 1.5h7.8a1 1 0 0 0 .9-1.5L9.3 6V2.5M4.9 9.5h6.2" />
    </IconFrame>
  );
}
