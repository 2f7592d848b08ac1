import { IconFrame, type IconProps } from "./IconFrame";

export function FolderIcon(props: IconProps) {
  return (
    <IconFrame {...props}>
      <path d="M2.5 4.5A1 1 0 0 1 3.5 3.5h2.7l1.5 1.7h4.8a1 1 0 0 1 1 1v5.3a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1Z" />
    </IconFrame>
  );
}
