import type { ReactNode } from "react";
import "./EmptyState.css";

export type EmptyStateProps = { title: string; children?: ReactNode };

/** Why there is nothing here, and what would bring something. */
export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div className="EmptyState" data-testid="empty-state">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
