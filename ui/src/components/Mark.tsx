export type MarkProps = { size: number };

/** The mark of Epochal: two curves that part from one beginning. */
export function Mark({ size }: MarkProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <rect width="16" height="16" rx="3.5" fill="var(--accent)" />
      <path
        d="M3.5 4.2c3 0 3.2 7.6 9 7.6M3.5 4.2c2.6 0 3.6 1.6 9 2.6"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="1.6"
        strokeLinecap="round"
      />
    </svg>
  );
}
