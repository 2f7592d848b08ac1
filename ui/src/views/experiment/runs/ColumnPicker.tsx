import { useVirtualizer } from "@tanstack/react-virtual";
import { Popover } from "radix-ui";
import { useRef, useState } from "react";
import { Button } from "../../../components/Button";
import { ColumnsIcon } from "../../../components/icons/ColumnsIcon";
import { SearchField } from "../../../components/SearchField";
import {
  type Choice,
  type Column,
  type ColumnGroup,
  chooseColumn,
  chooseGroup,
  FIRST_CHOICE,
  formatChoice,
  GROUP_LABELS,
  GROUPS,
  isShown,
} from "./columns";
import "./ColumnPicker.css";

export type ColumnPickerProps = {
  columns: readonly Column[];
  choice: Choice;
  shownCount: number;
  onChange: (choice: Choice) => void;
};

/** Which columns the table shows, one by one or by group. */
export function ColumnPicker({ columns, choice, shownCount, onChange }: ColumnPickerProps) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button data-testid="column-picker">
          <ColumnsIcon size={14} /> Columns
          <span className="ColumnPicker-count">
            {shownCount} of {columns.length}
          </span>
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="ColumnPicker"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Columns"
        >
          <PickerList columns={columns} choice={choice} onChange={onChange} />
          {formatChoice(choice) !== "" && (
            <Button kind="quiet" onClick={() => onChange(FIRST_CHOICE)}>
              Back to the first choice
            </Button>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

type PickerListProps = Omit<ColumnPickerProps, "shownCount">;
type Line = { group: ColumnGroup; members: Column[] } | Column;

const LINE = 26;

function PickerList({ columns, choice, onChange }: PickerListProps) {
  const [needle, setNeedle] = useState("");
  const scroller = useRef<HTMLDivElement>(null);
  const lines = linesOf(columns, needle);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 10,
  });
  return (
    <>
      <SearchField label="Find a column" value={needle} onChange={setNeedle} />
      <div className="ColumnPicker-list" ref={scroller}>
        <div style={{ position: "relative", height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const line = lines[index];
            if (!line) return null;
            const key = "members" in line ? line.group : line.id;
            return (
              <div
                key={key}
                className="ColumnPicker-line"
                style={{ transform: `translateY(${start}px)` }}
              >
                {"members" in line ? (
                  <GroupLine line={line} choice={choice} onChange={onChange} />
                ) : (
                  <label>
                    <input
                      type="checkbox"
                      checked={isShown(line, choice)}
                      onChange={(event) =>
                        onChange(chooseColumn(choice, line, event.target.checked))
                      }
                    />
                    <span className="clip" title={line.label}>
                      {line.label}
                    </span>
                  </label>
                )}
              </div>
            );
          })}
        </div>
        {lines.length === 0 && <p className="muted">No column is called so.</p>}
      </div>
    </>
  );
}

type GroupLineProps = {
  line: { group: ColumnGroup; members: Column[] };
  choice: Choice;
  onChange: (choice: Choice) => void;
};

function GroupLine({ line: { group, members }, choice, onChange }: GroupLineProps) {
  const shown = members.filter((column) => isShown(column, choice)).length;
  return (
    <label className="ColumnPicker-group">
      <input
        type="checkbox"
        checked={shown === members.length}
        ref={(node) => {
          if (node) node.indeterminate = shown > 0 && shown < members.length;
        }}
        onChange={(event) => onChange(chooseGroup(choice, group, event.target.checked))}
      />
      {GROUP_LABELS[group]}
      <span className="ColumnPicker-count">
        {shown} of {members.length}
      </span>
    </label>
  );
}

/** Group after group, each with its head; a search leaves the heads out. */
function linesOf(columns: readonly Column[], needle: string): Line[] {
  const wanted = needle.trim().toLowerCase();
  if (wanted) return columns.filter(({ label }) => label.toLowerCase().includes(wanted));
  return GROUPS.flatMap((group) => {
    const members = columns.filter((column) => column.group === group);
    return members.length > 0 ? [{ group, members }, ...members] : [];
  });
}
