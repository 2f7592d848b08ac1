import { useState } from "react";
import { Link } from "../../../components/Link";
import { SearchField } from "../../../components/SearchField";
import { formatNumber } from "../../../format/numbers";
import { exactTime } from "../../../format/times";
import { paths } from "../../../routing/paths";
import { readNumber, readTime } from "../../../wire/numbers";
import type { Metric, Run } from "../../../wire/types";
import { matchingKeys, metricGroups } from "../../charts/metricGroups";
import { Section } from "../Section";

export type MetricsSectionProps = { run: Run };

/** The latest value of every metric; each name leads to its curve. */
export function MetricsSection({ run }: MetricsSectionProps) {
  const [needle, setNeedle] = useState("");
  const metrics = new Map((run.data?.metrics ?? []).map((metric) => [metric.key, metric]));
  const keys = metricGroups([...metrics.keys()]).flatMap((group) => group.keys);
  const shown = matchingKeys(keys, needle).flatMap((key) => metrics.get(key) ?? []);
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
              <col width="120" />
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
              {shown.map((metric) => (
                <MetricRow key={metric.key} metric={metric} run={run} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function MetricRow({ metric, run }: { metric: Metric; run: Run }) {
  const { experiment_id, run_id } = run.info;
  const value = readNumber(metric.value);
  const time = readTime(metric.timestamp);
  return (
    <tr>
      <th scope="row" className="clip" title={metric.key}>
        <Link to={paths.run(experiment_id, run_id, "charts", { metric: metric.key })}>
          {metric.key}
        </Link>
      </th>
      <td className="num" title={`${value}${time ? `, ${exactTime(time)}` : ""}`}>
        {formatNumber(value)}
      </td>
      <td className="num muted">{metric.step}</td>
    </tr>
  );
}
