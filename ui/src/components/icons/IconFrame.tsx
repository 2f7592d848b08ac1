import type { ReactNode } from "react";

export type IconProps = { size?: number; className?: string };

type IconFrameProps = IconProps & { children: ReactNode };

/** The 16-unit square in which every icon is drawn, in the colour of its text. */
export function IconFrame({ size = 16, className, children }: IconFrameProps) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}
