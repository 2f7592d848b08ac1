import type { Bar } from "./BarChart";
import type { Lit } from "./lit";
import { useIsLit } from "./useIsLit";

export type BarRowProps = {
  bar: Bar;
  text: string;
  /** Where the bar begins and ends, as shares of the room; not finite where there is none. */
  from: number;
  to: number;
  lit: Lit;
};

/** A run's name, its bar and its value; the row leads to the run. */
export function BarRow({ bar, text, from, to, lit }: BarRowProps) {
  const isLit = useIsLit(lit, bar.runId);
  const isDrawn = Number.isFinite(from) && Number.isFinite(to);
  return (
    <li className={isLit ? "BarRow is-lit" : "BarRow"}>
      <a
        href={bar.href}
        title={`${bar.label}: ${bar.value}`}
        onPointerEnter={() => lit.set(bar.runId)}
        onPointerLeave={() => lit.set(undefined)}
        onFocus={() => lit.set(bar.runId)}
        onBlur={() => lit.set(undefined)}
      >
        <span className="BarRow-name clip">{bar.label}</span>
        <span className="BarRow-room" aria-hidden="true">
          {isDrawn && (
            <i
              style={{
                left: `${from * 100}%`,
                width: `${Math.max(0.4, (to - from) * 100)}%`,
                background: bar.color,
              }}
            />
          )}
        </span>
        <span className={isDrawn ? "BarRow-value" : "BarRow-value is-odd"}>{text}</span>
      </a>
    </li>
  );
}
