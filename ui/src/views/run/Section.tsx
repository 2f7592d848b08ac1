import type { ReactNode } from "react";
import "./RunPage.css";

export type SectionProps = {
  title: string;
  /** How many things are in it, such as `12` or `3 of 12`. */
  count?: string | number;
  /** Filter boxes and buttons, at the right of the title. */
  tools?: ReactNode;
  children: ReactNode;
};

/** A titled part of a page, set apart by space and a line, not by a box. */
export function Section({ title, count, tools, children }: SectionProps) {
  return (
    <section className="Section" aria-label={title}>
      <header className="Section-head">
        <h2>{title}</h2>
        {count !== undefined && <span className="Section-count">{count}</span>}
        {tools && <div className="Section-tools">{tools}</div>}
      </header>
      {children}
    </section>
  );
}
