import { Facts } from "../../../components/Facts";
import { formatBytes, formatCount } from "../../../format/numbers";
import type { DatasetDiff } from "../../../wire/datasets";

export type ChangeSummaryProps = { diff: DatasetDiff };

/** Rows, bytes and columns of two versions beside each other. */
export function ChangeSummary({ diff }: ChangeSummaryProps) {
  const { rows, size_bytes, shared_bytes, added, removed, retyped } = diff;
  const [, after] = size_bytes;
  const shared = after > 0 ? Math.round((shared_bytes / after) * 100) : 0;
  return (
    <Facts>
      <dt>Rows</dt>
      <dd className="num">{change(rows, formatCount)}</dd>
      <dt>Size</dt>
      <dd className="num">
        {change(size_bytes, formatBytes)}
        <span className="muted"> · {shared} % of the bytes shared</span>
      </dd>
      <Names title="Columns added" names={added} />
      <Names title="Columns gone" names={removed} />
      <Names
        title="Types changed"
        names={retyped.map(({ name, from, to }) => `${name}: ${from} → ${to}`)}
      />
    </Facts>
  );
}

type NamesProps = { title: string; names: readonly string[] };

function Names({ title, names }: NamesProps) {
  if (names.length === 0) return null;
  return (
    <>
      <dt>{title}</dt>
      <dd className="mono">{names.join(", ")}</dd>
    </>
  );
}

function change([before, after]: [number, number], format: (value: number) => string): string {
  if (before === after) return `${format(after)}, as before`;
  const sign = after > before ? "+" : "−";
  return `${format(before)} → ${format(after)} (${sign}${format(Math.abs(after - before))})`;
}
