import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { Link } from "../../components/Link";
import { Skeleton } from "../../components/Skeleton";
import { Time } from "../../components/Time";
import { formatBytes, formatCount } from "../../format/numbers";
import { paths } from "../../routing/paths";
import type { NamedDataset } from "../../wire/datasets";

export type DatasetListProps = {
  /** Undefined while they are being loaded. */
  datasets: NamedDataset[] | undefined;
  hasMore: boolean;
  onMore: () => void;
};

const ROW = 36;

/** The datasets, one line each, with what their newest version is like. */
export function DatasetList({ datasets, hasMore, onMore }: DatasetListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const count = datasets?.length ?? 0;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= count - 20) onMore();
  }, [hasMore, lastShown, count, onMore]);
  if (count === 0 && datasets) return null;
  return (
    <div
      ref={scroller}
      className="DatasetList"
      role="table"
      aria-label="Datasets"
      aria-rowcount={hasMore ? -1 : count + 1}
      data-testid="dataset-list"
    >
      <div className="DatasetList-head DatasetList-row" role="row">
        <span role="columnheader">Name</span>
        <span role="columnheader" className="is-wide">
          Description
        </span>
        <span role="columnheader" className="num">
          Versions
        </span>
        <span role="columnheader" className="num">
          Rows
        </span>
        <span role="columnheader" className="num is-wide">
          Size
        </span>
        <span role="columnheader">Updated</span>
      </div>
      {!datasets && <Waiting />}
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {items.map(({ index, start }) => {
          const dataset = datasets?.[index];
          return dataset && <DatasetLine key={dataset.name} dataset={dataset} offset={start} />;
        })}
      </div>
    </div>
  );
}

function DatasetLine({ dataset, offset }: { dataset: NamedDataset; offset: number }) {
  const { name, description, versions, latest, created_ms } = dataset;
  return (
    <div
      className="DatasetList-row is-line"
      role="row"
      style={{ transform: `translateY(${offset}px)` }}
    >
      <span role="cell" className="clip">
        <Link className="DatasetList-name" to={paths.dataset(name)} title={name}>
          {name}
        </Link>
      </span>
      <span role="cell" className="clip muted is-wide" title={description ?? undefined}>
        {description}
      </span>
      <span role="cell" className="num">
        {formatCount(versions)}
      </span>
      <span role="cell" className="num">
        {latest?.rows === null || latest?.rows === undefined ? "–" : formatCount(latest.rows)}
      </span>
      <span role="cell" className="num is-wide">
        {latest ? formatBytes(latest.size_bytes) : "–"}
      </span>
      <span role="cell" className="muted">
        <Time ms={latest?.created_ms ?? created_ms} />
      </span>
    </div>
  );
}

function Waiting() {
  return [160, 120, 190, 140].map((width) => (
    <div key={width} className="DatasetList-row" aria-hidden="true">
      <Skeleton width={width} />
    </div>
  ));
}
