import { IconFrame, type IconProps } from "./IconFrame";

export function HomeIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="m2.5 7.5 5.5-5 5.5 5M4 6.5v7h8v-7" />
    </IconFrame>
  );
}
