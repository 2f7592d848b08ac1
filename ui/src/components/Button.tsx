import type { ButtonHTMLAttributes, Ref } from "react";
import "./Button.css";

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** `primary` once per view, `danger` for what destroys, `quiet` in bars and rows. */
  kind?: "primary" | "default" | "quiet" | "danger";
  /** Square, for a lone icon; give it an `aria-label`. */
  isIcon?: boolean;
  ref?: Ref<HTMLButtonElement>;
};

export function Button({ kind = "default", isIcon, className, ref, ...rest }: ButtonProps) {
  const names = ["Button", `Button-${kind}`, isIcon && "Button-icon", className];
  return <button type="button" ref={ref} className={names.filter(Boolean).join(" ")} {...rest} />;
}
