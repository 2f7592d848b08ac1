import type { AnchorHTMLAttributes } from "react";

export type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & {
  /** An address made by `routing/paths`. */
  to: string;
};

/** A link inside the application; the browser's own hash navigation does the work. */
export function Link({ to, ...rest }: LinkProps) {
  return <a href={to} {...rest} />;
}
