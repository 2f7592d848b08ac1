import { ChevronDownIcon } from "../../../components/icons/ChevronDownIcon";
import { ChevronRightIcon } from "../../../components/icons/ChevronRightIcon";
import { formatCount } from "../../../format/numbers";
import { formatDuration } from "../../../format/times";
import { readNumber } from "../../../wire/numbers";
import type { Cell, RunGroup } from "../../../wire/tables";
import type { Column } from "./columns";
import { groupValues } from "./grouping";
import type { PlacedColumn } from "./RunsTable";
import type { CellFormat } from "./useFormats";

export type GroupLineProps = {
  id: string;
  group: RunGroup;
  grouping: readonly string[];
  aggregates: ReadonlyMap<string, string>;
  isOpen: boolean;
  isActive: boolean;
  index: number;
  offset: number;
  placed: readonly PlacedColumn[];
  nameWidth: number;
  formats: (column: Column) => CellFormat;
  onOpen: (id: string) => void;
};

/** Runs with the same values: those, how many there are, and what is said of all of them. */
export function GroupLine(props: GroupLineProps) {
  const { id, group, grouping, isOpen, isActive, index, offset, nameWidth, onOpen } = props;
  const name = groupValues(group, grouping)
    .map((value, index) => valueText(value, grouping[index]))
    .join(" · ");
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it hears the keys
    <div
      id={lineId(id)}
      className={isActive ? "RunLine GroupLine is-active" : "RunLine GroupLine"}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-expanded={isOpen}
      data-testid="group-row"
      style={{ transform: `translateY(${offset}px)` }}
      onClick={() => onOpen(id)}
    >
      <div className="RunLine-name" role="rowheader" style={{ width: nameWidth }}>
        <button
          type="button"
          className="RunLine-fold"
          tabIndex={-1}
          aria-label={isOpen ? `Close ${name}` : `Open ${name}`}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(id);
          }}
        >
          {isOpen ? <ChevronDownIcon size={12} /> : <ChevronRightIcon size={12} />}
        </button>
        <span className="GroupLine-name clip" title={name}>
          {name}
        </span>
        <span className="GroupLine-count">{formatCount(group.count)}</span>
      </div>
      {props.placed.map((place) => (
        <AggregateCell key={place.column.id} {...props} {...place} />
      ))}
    </div>
  );
}

function AggregateCell(props: GroupLineProps & PlacedColumn) {
  const { column, start, width, group, aggregates, formats } = props;
  const text = aggregates.get(column.id);
  const given = text === undefined ? null : (group.aggregates[text] ?? null);
  const value = given === null ? undefined : readNumber(given);
  return (
    <div
      className={column.key === "duration" ? "RunCell clip" : "RunCell clip num"}
      role="gridcell"
      data-column={column.id}
      style={{ left: start, width }}
      title={value === undefined ? undefined : `${text}: ${value}`}
    >
      {value !== undefined &&
        (column.key === "duration" ? formatDuration(1000 * value) : formats(column).number(value))}
    </div>
  );
}

/** An id that the page may carry: a group's own is JSON. */
export function lineId(id: string): string {
  return `line-${encodeURIComponent(id)}`;
}

function valueText(value: Cell, columnId: string | undefined): string {
  if (value === null) return "without";
  if (columnId === "attributes.duration" && typeof value === "number") {
    return formatDuration(1000 * value);
  }
  return value === "" ? "“”" : String(value);
}
