import { useMemo, useState } from "react";
import { Button } from "../../../components/Button";
import { GroupIcon } from "../../../components/icons/GroupIcon";
import { Panel } from "../../../components/Panel";
import { PickList } from "../../../components/PickList";
import { SearchField } from "../../../components/SearchField";
import { Segmented } from "../../../components/Segmented";
import { formatCount } from "../../../format/numbers";
import { type Column, GROUP_LABELS } from "./columns";
import { AGGREGATES, type Aggregate, MOST_FIELDS } from "./grouping";

export type GroupPickerProps = {
  columns: readonly Column[];
  grouping: readonly string[];
  aggregate: Aggregate;
  onGroup: (grouping: readonly string[]) => void;
  onAggregate: (aggregate: Aggregate) => void;
};

const WORDS = { mean: "Mean", min: "Least", max: "Greatest" } as const;

/** By which values runs are put together, and what is said of those that are. */
export function GroupPicker(props: GroupPickerProps) {
  const { columns, grouping, aggregate, onGroup, onAggregate } = props;
  const [needle, setNeedle] = useState("");
  const lines = useMemo(() => {
    const wanted = needle.trim().toLowerCase();
    return columns
      .filter((column) => canGroup(column) && column.label.toLowerCase().includes(wanted))
      .map(({ id, label, group, count }) => ({
        id,
        label,
        badge: GROUP_LABELS[group],
        isChosen: grouping.includes(id),
        isDisabled: grouping.length >= MOST_FIELDS && !grouping.includes(id),
        ...(count === undefined ? {} : { hint: formatCount(count) }),
      }));
  }, [columns, grouping, needle]);
  const names = grouping.map((id) => columns.find((column) => column.id === id)?.label ?? id);
  return (
    <Panel
      label="Group runs"
      trigger={
        <Button data-testid="group-picker">
          <GroupIcon size={14} />
          {grouping.length > 0 ? <span className="clip">By {names.join(", ")}</span> : "Group"}
        </Button>
      }
    >
      <SearchField label="Group by" value={needle} onChange={setNeedle} />
      <PickList
        label="Group by"
        lines={lines}
        onPick={(id, isChosen) =>
          onGroup(isChosen ? [...grouping, id] : grouping.filter((each) => each !== id))
        }
        empty={`No param or tag has “${needle.trim()}” in its name.`}
      />
      {grouping.length > 0 && (
        <div className="Panel-foot">
          <Segmented
            label="Metrics of a group show their"
            segments={AGGREGATES.map((id) => ({ id, label: WORDS[id] }))}
            active={aggregate}
            onChange={onAggregate}
          />
          <Button kind="quiet" onClick={() => onGroup([])}>
            Ungroup
          </Button>
        </div>
      )}
    </Panel>
  );
}

const ATTRIBUTES = new Set(["status", "user_id", "source", "version"]);

/** Measured numbers and times hardly ever are equal. */
export function canGroup({ group, key }: Column): boolean {
  if (group === "attributes") return ATTRIBUTES.has(key);
  // What MLflow's own tags say of a run stands among its attributes.
  return group === "params" || (group === "tags" && !key.startsWith("mlflow."));
}
