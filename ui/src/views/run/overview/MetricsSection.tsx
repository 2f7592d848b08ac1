import { useState } from "react";
import { ChevronDownIcon } from "../../../components/icons/ChevronDownIcon";
import { ChevronRightIcon } from "../../../components/icons/ChevronRightIcon";
import { Link } from "../../../components/Link";
import { SearchField } from "../../../components/SearchField";
import { columnFormat, formatNumber } from "../../../format/numbers";
import { exactTime } from "../../../format/times";
import { paths } from "../../../routing/paths";
import { readNumber, readTime } from "../../../wire/numbers";
import type { Metric, Run } from "../../../wire/types";
import { matchingKeys, metricGroups } from "../../charts/metricGroups";
import { type MetricSet, rankLabel, rankSets, splitRank } from "../../charts/ranks";
import { Section } from "../Section";

export type MetricsSectionProps = { run: Run };

/** The latest value of every metric; each name leads to its curve. */
export function MetricsSection({ run }: MetricsSectionProps) {
  const [needle, setNeedle] = useState("");
  const metrics = new Map((run.data?.metrics ?? []).map((metric) => [metric.key, metric]));
  const sets = new Map(rankSets([...metrics.keys()]).map((set) => [set.name, set]));
  const keys = metricGroups([...sets.keys()]).flatMap((group) => group.keys);
  const shown = matchingKeys(keys, needle).flatMap((key) => sets.get(key) ?? []);
  return (
    <Section
      title="Metrics"
      count={needle ? `${shown.length} of ${keys.length}` : keys.length}
      tools={
        keys.length > 5 && (
          <SearchField label="Filter metrics" value={needle} onChange={setNeedle} />
        )
      }
    >
      {keys.length === 0 && (
        <p className="Section-empty">
          No metrics yet. Log one with <code>mlflow.log_metric("rmse", 0.42)</code>.
        </p>
      )}
      {keys.length > 0 && shown.length === 0 && (
        <p className="Section-empty">No metric is called “{needle}”.</p>
      )}
      {shown.length > 0 && (
        <div className="Overview-scroll">
          <table className="Overview-table" data-testid="metrics-table">
            <colgroup>
              <col />
              <col width="140" />
              <col width="84" />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">Metric</th>
                <th scope="col" className="num">
                  Latest
                </th>
                <th scope="col" className="num">
                  Step
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((set) => (
                <MetricRows key={set.name} set={set} metrics={metrics} run={run} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

type MetricRowsProps = { set: MetricSet; metrics: ReadonlyMap<string, Metric>; run: Run };

/** One metric; where ranks measured it, a row that opens to one for each of them. */
function MetricRows({ set, metrics, run }: MetricRowsProps) {
  const [isOpen, setOpen] = useState(false);
  const members = set.keys.flatMap((key) => metrics.get(key) ?? []);
  const [first] = members;
  if (members.length === 1 && first) return <MetricRow metric={first} run={run} />;
  const values = members.map(({ value }) => readNumber(value)).filter(Number.isFinite);
  const steps = new Set(members.map(({ step }) => String(step)));
  const ranks = members.filter(({ key }) => splitRank(key).rank !== undefined).length;
  return (
    <>
      <tr data-testid="rank-row">
        <th scope="row" className="clip" title={set.name}>
          <button
            type="button"
            className="MetricRows-fold"
            aria-expanded={isOpen}
            aria-label={`Ranks of ${set.name}`}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? <ChevronDownIcon size={12} /> : <ChevronRightIcon size={12} />}
          </button>
          <Link to={chartOf(run, set.name)}>{set.name}</Link>
          <span className="muted"> {ranks} ranks</span>
        </th>
        <td className="num" title="From the least to the greatest latest value">
          {rangeText(values)}
        </td>
        <td className="num muted">{steps.size === 1 ? [...steps] : ""}</td>
      </tr>
      {isOpen &&
        members.map((metric) => (
          <MetricRow key={metric.key} metric={metric} run={run} label={rankLabel(metric.key)} />
        ))}
    </>
  );
}

/** The least and the greatest value; it breaks between them where there is no room. */
function rangeText(values: readonly number[]): string {
  if (values.length === 0) return "NaN";
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (least === most) return formatNumber(least);
  const format = columnFormat([least, most]);
  return `${format(least)} … ${format(most)}`;
}

function chartOf({ info }: Run, metric: string): string {
  return paths.run(info.experiment_id, info.run_id, "charts", { metric });
}

type MetricRowProps = {
  metric: Metric;
  run: Run;
  /** What stands for the key among the ranks of one metric. */
  label?: string;
};

function MetricRow({ metric, run, label }: MetricRowProps) {
  const value = readNumber(metric.value);
  const time = readTime(metric.timestamp);
  return (
    <tr>
      <th scope="row" className="clip" title={metric.key}>
        <Link className={label && "MetricRows-rank"} to={chartOf(run, metric.key)}>
          {label ?? metric.key}
        </Link>
      </th>
      <td className="num" title={`${value}${time ? `, ${exactTime(time)}` : ""}`}>
        {formatNumber(value)}
      </td>
      <td className="num muted">{metric.step}</td>
    </tr>
  );
}
