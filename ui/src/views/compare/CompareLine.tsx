import { ArrowDownIcon } from "../../components/icons/ArrowDownIcon";
import { ArrowUpIcon } from "../../components/icons/ArrowUpIcon";
import { columnFormat } from "../../format/numbers";
import type { RunRow } from "../../store/rows";
import { bestOf, betterEnd, nextEnd } from "./better";
import type { Better, Directions } from "./compareQuery";
import type { CompareRow } from "./compareRows";

export type CompareLineProps = {
  row: CompareRow;
  runs: readonly RunRow[];
  index: number;
  offset: number;
  directions: Directions;
  onDirection: (key: string, word: Better | "none") => void;
};

/** One value of every run; a metric has bars, and its best marked. */
export function CompareLine(props: CompareLineProps) {
  const { row, runs, index, offset, directions, onDirection } = props;
  const better = row.numbers ? betterEnd(row.key, directions) : undefined;
  return (
    <div
      className={row.isSame ? "CompareLine is-same" : "CompareLine"}
      role="row"
      aria-rowindex={index + 2}
      data-testid="compare-row"
      data-key={`${row.section}.${row.key}`}
      style={{ transform: `translateY(${offset}px)` }}
    >
      <span className="CompareTable-key" role="rowheader" title={row.key}>
        <span className={row.section === "attributes" ? "clip" : "clip mono"}>{row.key}</span>
        {row.numbers && (
          <DirectionButton
            name={row.key}
            better={better}
            onClick={() => onDirection(row.key, nextEnd(better))}
          />
        )}
      </span>
      {row.numbers ? (
        <MetricCells runs={runs} numbers={row.numbers} better={better} />
      ) : (
        row.texts.map((text, at) => (
          <span
            key={runs[at]?.id}
            className={isMono(row) ? "CompareTable-cell clip mono" : "CompareTable-cell clip"}
            role="cell"
            title={text}
          >
            {text ?? <Absent />}
          </span>
        ))
      )}
    </div>
  );
}

function isMono({ section, key }: CompareRow): boolean {
  return section !== "attributes" || key === "Run id" || key === "Commit";
}

type MetricCellsProps = {
  runs: readonly RunRow[];
  numbers: readonly (number | undefined)[];
  better: Better | undefined;
};

function MetricCells({ runs, numbers, better }: MetricCellsProps) {
  const known = numbers.filter((value) => value !== undefined);
  const format = columnFormat(known);
  const best = bestOf(numbers, better);
  const largest = Math.max(...known.filter(Number.isFinite).map(Math.abs)) || 1;
  return numbers.map((value, at) => {
    const isBest = best !== undefined && value === best;
    return (
      <span
        key={runs[at]?.id}
        className={isBest ? "CompareTable-cell is-metric is-best" : "CompareTable-cell is-metric"}
        role="cell"
        title={value === undefined ? undefined : String(value)}
      >
        {value !== undefined && Number.isFinite(value) && (
          <i aria-hidden="true" style={{ width: `${(Math.abs(value) / largest) * 100}%` }} />
        )}
        <b>{value === undefined ? <Absent /> : format(value)}</b>
        {isBest && <em>best</em>}
      </span>
    );
  });
}

function Absent() {
  return <span className="CompareTable-absent">–</span>;
}

type DirectionButtonProps = { name: string; better: Better | undefined; onClick: () => void };

const ENDS = { low: "lower is better", high: "higher is better" } as const;

function DirectionButton({ name, better, onClick }: DirectionButtonProps) {
  const what = better ? ENDS[better] : "no best is marked";
  return (
    <button
      type="button"
      className="CompareTable-end"
      aria-label={`${name}: ${what}; change`}
      title={`${what[0]?.toUpperCase()}${what.slice(1)}; click to change`}
      onClick={onClick}
    >
      {better === "low" && <ArrowDownIcon size={12} />}
      {better === "high" && <ArrowUpIcon size={12} />}
      {better === undefined && "–"}
    </button>
  );
}
