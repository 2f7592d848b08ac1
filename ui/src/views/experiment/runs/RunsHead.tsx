import type { MenuItem } from "../../../components/Menu";
import type { RunRow } from "../../../store/rows";
import { ColumnHead } from "./ColumnHead";
import { type Choice, chooseColumn, withColumn } from "./choice";
import { type Column, GROUP_LABELS, NAME_ID, SUMMARIES, summaryId } from "./columns";
import { canGroup } from "./GroupPicker";
import { type PlacedColumn, widthOf } from "./RunsTable";
import { nextSort, type Sort } from "./sort";
import type { Widths } from "./useColumnWidths";
import type { CellFormat } from "./useFormats";

export type RunsHeadProps = {
  columns: readonly Column[];
  placed: readonly PlacedColumn[];
  nameWidth: number;
  widths: Widths;
  formats: (column: Column) => CellFormat;
  sort: Sort | undefined;
  onSort: (sort: Sort | undefined) => void;
  onResize: (id: string, width: number | undefined) => void;
  choice: Choice;
  onChoice: (choice: Choice) => void;
  onGroup: (id: string) => void;
  rows: readonly RunRow[];
  selection: ReadonlySet<string>;
  onSelect: (selection: ReadonlySet<string>) => void;
};

/** The two lines above the runs: groups of columns, and the columns. */
export function RunsHead(props: RunsHeadProps) {
  const { columns, placed, nameWidth, widths, formats, sort, onSort, onResize } = props;
  const directionOf = (id: string) =>
    sort?.id === id ? (sort.isDescending ? ("desc" as const) : ("asc" as const)) : undefined;
  return (
    <div className="RunsHead" role="row" aria-rowindex={1}>
      <div className="RunsHead-name" role="presentation" style={{ width: nameWidth }}>
        <SelectAll {...props} />
        <ColumnHead
          id={NAME_ID}
          label="Name"
          width={nameWidth}
          direction={directionOf(NAME_ID)}
          onSort={() => onSort(nextSort(sort, NAME_ID))}
          onResize={onResize}
        />
      </div>
      {groupSpans(columns, widths, nameWidth).map(({ group, start, width, count }) => (
        <div
          key={group}
          className="RunsHead-group"
          role="presentation"
          style={{ left: start, width }}
        >
          <span style={{ left: nameWidth }}>
            {GROUP_LABELS[group]} <small>{count}</small>
          </span>
        </div>
      ))}
      {placed.map(({ column, start, width }) => (
        <ColumnHead
          key={column.id}
          id={column.id}
          label={column.label}
          start={start}
          width={width}
          isNumeric={formats(column).isNumeric}
          direction={directionOf(column.id)}
          onSort={column.orderKey ? () => onSort(nextSort(sort, column.id)) : undefined}
          onResize={onResize}
          menu={menuOf(column, props)}
        />
      ))}
    </div>
  );
}

/** What can be done with a column. */
function menuOf(column: Column, props: RunsHeadProps): MenuItem[] {
  const { choice, onChoice, onSort, onGroup, columns } = props;
  const { id, group, key, orderKey } = column;
  const items: MenuItem[] = [];
  if (orderKey) {
    items.push(
      { label: "Sort ascending", onSelect: () => onSort({ id, isDescending: false }) },
      { label: "Sort descending", onSelect: () => onSort({ id, isDescending: true }) },
    );
  }
  if (canGroup(column)) items.push({ label: "Group by this", onSelect: () => onGroup(id) });
  if (group === "metrics" && id === `metrics.${key}`) {
    for (const name of SUMMARIES) {
      const summary = summaryId(name, key);
      if (columns.some((each) => each.id === summary)) continue;
      items.push({
        label: `Show ${name}`,
        onSelect: () => onChoice(withColumn(choice, summary)),
      });
    }
  }
  items.push({
    label: "Hide column",
    onSelect: () => onChoice(chooseColumn(choice, column, false)),
  });
  return items;
}

function SelectAll({ rows, selection, onSelect }: RunsHeadProps) {
  const count = rows.filter(({ id }) => selection.has(id)).length;
  const isAll = count > 0 && count === rows.length;
  return (
    <input
      type="checkbox"
      aria-label="Select all loaded runs"
      checked={isAll}
      ref={(node) => {
        if (node) node.indeterminate = count > 0 && !isAll;
      }}
      onChange={() => onSelect(new Set(isAll ? [] : rows.map(({ id }) => id)))}
    />
  );
}

function groupSpans(columns: readonly Column[], widths: Widths, from: number) {
  const spans: { group: Column["group"]; start: number; width: number; count: number }[] = [];
  let start = from;
  for (const column of columns) {
    const width = widthOf(column, widths);
    const last = spans.at(-1);
    if (last?.group === column.group) {
      last.width += width;
      last.count += 1;
    } else {
      spans.push({ group: column.group, start, width, count: 1 });
    }
    start += width;
  }
  return spans;
}
