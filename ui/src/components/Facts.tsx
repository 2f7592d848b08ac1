import type { ReactNode } from "react";
import "./Facts.css";

export type FactsProps = { children: ReactNode };

/** Names and what is known of them, as pairs of `dt` and `dd`. */
export function Facts({ children }: FactsProps) {
  return <dl className="Facts">{children}</dl>;
}
