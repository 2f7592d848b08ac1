import type { ReactNode } from "react";

export type PanelHeadProps = {
  title: string;
  label: string;
  isDraggable: boolean;
  /** The panel's menu. */
  children: ReactNode;
};

/** A chart's name and its menu. */
export function PanelHead({ title, label, isDraggable, children }: PanelHeadProps) {
  return (
    <header className="ChartPanel-head">
      <h3 className="ChartPanel-name clip" title={title} draggable={isDraggable}>
        {label}
      </h3>
      {children}
    </header>
  );
}
