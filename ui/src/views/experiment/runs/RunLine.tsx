import { memo } from "react";
import { CopyButton } from "../../../components/CopyButton";
import { ChevronDownIcon } from "../../../components/icons/ChevronDownIcon";
import { ChevronRightIcon } from "../../../components/icons/ChevronRightIcon";
import { Link } from "../../../components/Link";
import { RunDot } from "../../../components/RunDot";
import { StatusIcon } from "../../../components/StatusIcon";
import { paths } from "../../../routing/paths";
import type { RunRow } from "../../../store/rows";
import type { Column } from "./columns";
import type { Kin } from "./nesting";
import { RunCell } from "./RunCell";
import type { PlacedColumn } from "./RunsTable";
import type { CellFormat } from "./useFormats";

export type RunLineProps = {
  row: RunRow;
  index: number;
  offset: number;
  /** Its place among its relatives, where it has any. */
  kin: Kin | undefined;
  onFold: (runId: string) => void;
  experimentId: string;
  placed: readonly PlacedColumn[];
  nameWidth: number;
  formats: (column: Column) => CellFormat;
  isActive: boolean;
  isSelected: boolean;
  onPick: (index: number, isRange: boolean) => void;
  onOpen: (row: RunRow) => void;
};

/** One run: its frozen name and those of its cells that are in sight. */
export const RunLine = memo(function RunLine(props: RunLineProps) {
  const { row, index, offset, placed, formats, isActive, isSelected, onOpen, kin } = props;
  const names = ["RunLine", isActive && "is-active", isSelected && "is-selected"];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it hears the keys
    <div
      id={`run-${row.id}`}
      className={names.filter(Boolean).join(" ")}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-level={kin && kin.depth + 1}
      data-testid="run-row"
      style={{ transform: `translateY(${offset}px)` }}
      onClick={(event) => {
        const isOnControl = (event.target as Element).closest("a, button, input");
        if (!isOnControl && window.getSelection()?.isCollapsed !== false) onOpen(row);
      }}
    >
      <NameCell {...props} />
      {placed.map(({ column, start, width }) => (
        <RunCell
          key={column.id}
          row={row}
          column={column}
          format={formats(column)}
          start={start}
          width={width}
        />
      ))}
    </div>
  );
}, isSameLine);

function NameCell(props: RunLineProps) {
  const { row, index, experimentId, nameWidth, isSelected, onPick, kin } = props;
  return (
    <div className="RunLine-name" role="rowheader" style={{ width: nameWidth }}>
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={`Select ${row.name}`}
        checked={isSelected}
        onChange={(event) => onPick(index, (event.nativeEvent as MouseEvent).shiftKey === true)}
      />
      {kin && kin.depth > 0 && (
        <span className="RunLine-indent" style={{ width: Math.min(kin.depth, 4) * 16 }} />
      )}
      {kin && kin.children > 0 && (
        <button
          type="button"
          className="RunLine-fold"
          tabIndex={-1}
          aria-expanded={!kin.isFolded}
          aria-label={`Children of ${row.name}`}
          title={`${kin.children} ${kin.children === 1 ? "child" : "children"}`}
          onClick={() => props.onFold(row.id)}
        >
          {kin.isFolded ? <ChevronRightIcon size={12} /> : <ChevronDownIcon size={12} />}
        </button>
      )}
      <RunDot runId={row.id} />
      <StatusIcon status={row.status} />
      <Link className="clip" tabIndex={-1} to={paths.run(experimentId, row.id)} title={row.name}>
        {row.name}
      </Link>
      <span className="RunLine-copy">
        <CopyButton text={row.id} label="Copy run id" />
      </span>
    </div>
  );
}

/** The handlers are made anew on each draw; they depend on nothing but what is compared here. */
function isSameLine(before: RunLineProps, now: RunLineProps): boolean {
  return (
    before.row === now.row &&
    before.index === now.index &&
    before.offset === now.offset &&
    before.placed === now.placed &&
    before.nameWidth === now.nameWidth &&
    before.formats === now.formats &&
    before.kin?.depth === now.kin?.depth &&
    before.kin?.children === now.kin?.children &&
    before.kin?.isFolded === now.kin?.isFolded &&
    before.isActive === now.isActive &&
    before.isSelected === now.isSelected
  );
}
