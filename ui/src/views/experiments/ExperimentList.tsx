import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { Skeleton } from "../../components/Skeleton";
import { SortHeader } from "../../components/SortHeader";
import type { Experiment } from "../../wire/types";
import { ExperimentLine } from "./ExperimentLine";
import type { ExperimentSort, SortField } from "./useExperimentsState";
import "./ExperimentList.css";

export type ExperimentListProps = {
  /** Undefined while they are being loaded. */
  experiments: Experiment[] | undefined;
  sort: ExperimentSort;
  onSort: (sort: ExperimentSort) => void;
  hasMore: boolean;
  onMore: () => void;
};

const ROW = 36;
const COLUMNS: readonly { label: string; field?: SortField }[] = [
  { label: "Name", field: "name" },
  { label: "Notes" },
  { label: "Tags" },
  { label: "Created", field: "creation_time" },
  { label: "Updated", field: "last_update_time" },
];

/** The experiments, one line each; more are loaded as one scrolls. */
export function ExperimentList(props: ExperimentListProps) {
  const { experiments, sort, onSort, hasMore, onMore } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const count = experiments?.length ?? 0;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollPaddingStart: ROW,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= count - 20) onMore();
  }, [hasMore, lastShown, count, onMore]);
  const flip = (field: SortField) =>
    onSort({
      field,
      isDescending: sort.field === field ? !sort.isDescending : field !== "name",
    });
  return (
    <div
      className="ExperimentList"
      ref={scroller}
      role="table"
      aria-label="Experiments"
      aria-rowcount={hasMore ? -1 : count + 1}
      data-testid="experiment-list"
    >
      <div className="ExperimentList-head ExperimentList-row" role="row">
        {COLUMNS.map(({ label, field }) =>
          field ? (
            <SortHeader
              key={label}
              label={label}
              direction={sort.field === field ? (sort.isDescending ? "desc" : "asc") : undefined}
              onClick={() => flip(field)}
            />
          ) : (
            <div key={label} role="columnheader" className={`is-${label.toLowerCase()}`}>
              {label}
            </div>
          ),
        )}
        <div role="columnheader">
          <span className="visually-hidden">Actions</span>
        </div>
      </div>
      <div
        role="rowgroup"
        className="ExperimentList-body"
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map(({ index, start }) => {
          const experiment = experiments?.[index];
          return (
            experiment && (
              <ExperimentLine
                key={experiment.experiment_id}
                experiment={experiment}
                index={index}
                offset={start}
              />
            )
          );
        })}
      </div>
      {!experiments && <ListSkeleton />}
    </div>
  );
}

const SKELETON_WIDTHS = [140, 180, 120, 200, 150, 170, 130, 190];

function ListSkeleton() {
  return SKELETON_WIDTHS.map((width) => (
    <div key={width} className="ExperimentList-row" aria-hidden="true">
      <Skeleton width={width} />
      <Skeleton width="70%" />
      <Skeleton width={60} />
      <Skeleton width={60} />
      <Skeleton width={60} />
    </div>
  ));
}
