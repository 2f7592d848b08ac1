import { useMemo, useState } from "react";
import { Button } from "../../../components/Button";
import { ColumnsIcon } from "../../../components/icons/ColumnsIcon";
import { Panel } from "../../../components/Panel";
import { type PickLine, PickList } from "../../../components/PickList";
import { SearchField } from "../../../components/SearchField";
import { formatCount } from "../../../format/numbers";
import {
  type Choice,
  chooseColumn,
  chooseGroup,
  FIRST_CHOICE,
  formatChoice,
  isShown,
} from "./choice";
import { type Column, GROUP_LABELS, GROUPS } from "./columns";

export type ColumnPickerProps = {
  columns: readonly Column[];
  choice: Choice;
  shownCount: number;
  onChange: (choice: Choice) => void;
};

/** Which columns the table shows, one by one or by group. */
export function ColumnPicker({ columns, choice, shownCount, onChange }: ColumnPickerProps) {
  return (
    <Panel
      label="Columns"
      trigger={
        <Button data-testid="column-picker">
          <ColumnsIcon size={14} /> Columns
          <span className="Panel-count">
            {shownCount} of {formatCount(columns.length)}
          </span>
        </Button>
      }
    >
      <PickerList columns={columns} choice={choice} onChange={onChange} />
      {formatChoice(choice) !== "" && (
        <Button kind="quiet" onClick={() => onChange(FIRST_CHOICE)}>
          Back to the first choice
        </Button>
      )}
    </Panel>
  );
}

type PickerListProps = Omit<ColumnPickerProps, "shownCount">;

function PickerList({ columns, choice, onChange }: PickerListProps) {
  const [needle, setNeedle] = useState("");
  const lines = useMemo(() => linesOf(columns, choice, needle), [columns, choice, needle]);
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const pick = (id: string, isChosen: boolean) => {
    const column = byId.get(id);
    const group = GROUPS.find((each) => each === id);
    if (column) onChange(chooseColumn(choice, column, isChosen));
    if (group) onChange(chooseGroup(choice, group, isChosen));
  };
  return (
    <>
      <SearchField label="Find a column" value={needle} onChange={setNeedle} />
      <PickList
        label="Columns"
        lines={lines}
        onPick={pick}
        empty={`No column has “${needle.trim()}” in its name.`}
      />
    </>
  );
}

/** Group after group, each with its head; a search leaves the heads out. */
function linesOf(columns: readonly Column[], choice: Choice, needle: string): PickLine[] {
  const words = needle.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length > 0) {
    return columns
      .filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
      .map((column) => ({ ...lineOf(column, choice), badge: GROUP_LABELS[column.group] }));
  }
  return GROUPS.flatMap((group) => {
    const members = columns.filter((column) => column.group === group);
    if (members.length === 0) return [];
    const shown = members.filter((column) => isShown(column, choice)).length;
    const head: PickLine = {
      id: group,
      label: GROUP_LABELS[group],
      hint: `${formatCount(shown)} of ${formatCount(members.length)}`,
      isHead: true,
      isChosen: shown === members.length || (shown > 0 && "some"),
    };
    return [head, ...members.map((column) => lineOf(column, choice))];
  });
}

function lineOf(column: Column, choice: Choice): PickLine {
  return {
    id: column.id,
    label: column.label,
    isChosen: isShown(column, choice),
    ...(column.count === undefined ? {} : { hint: formatCount(column.count) }),
    ...(column.type === undefined ? {} : { badge: column.type === "number" ? "123" : "abc" }),
  };
}
