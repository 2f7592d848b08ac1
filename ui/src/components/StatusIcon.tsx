import type { ReactNode } from "react";
import type { RunStatus } from "../wire/types";
import "./StatusIcon.css";

export type StatusIconProps = { status: RunStatus; withLabel?: boolean };

export const STATUS_LABELS: Record<RunStatus, string> = {
  RUNNING: "Running",
  SCHEDULED: "Scheduled",
  FINISHED: "Finished",
  FAILED: "Failed",
  KILLED: "Killed",
};

const SHAPES: Record<RunStatus, ReactNode> = {
  RUNNING: <path d="M5 3.4v7.2L11 7Z" fill="currentColor" stroke="none" />,
  SCHEDULED: <path d="M7 4v3.2l2.2 1.3M12 7A5 5 0 1 1 2 7a5 5 0 0 1 10 0Z" />,
  FINISHED: <path d="m2.8 7.4 2.9 2.9L11.2 4" />,
  FAILED: <path d="m3.4 3.4 7.2 7.2M10.6 3.4l-7.2 7.2" />,
  KILLED: <path d="M4 4h6v6H4Z" fill="currentColor" stroke="none" />,
};

/** A run's status as shape and colour; the word is there for eyes that see neither. */
export function StatusIcon({ status, withLabel }: StatusIconProps) {
  const label = STATUS_LABELS[status] ?? status;
  return (
    <span className={`StatusIcon StatusIcon-${status}`} title={label}>
      <svg
        width="14"
        height="14"
        viewBox="0 0 14 14"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {SHAPES[status]}
      </svg>
      <span className={withLabel ? undefined : "visually-hidden"}>{label}</span>
    </span>
  );
}
