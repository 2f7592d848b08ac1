import { useState } from "react";
import { SearchField } from "../../../components/SearchField";
import { matchingKeys } from "../../charts/metricGroups";

export type MetricChecksProps = {
  keys: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
};

/** More would make a chart that nobody can read. */
const MOST_CHOSEN = 10;
const MOST_LISTED = 200;

/** A choice of several metrics; those chosen stand first. */
export function MetricChecks({ keys, chosen, onChange }: MetricChecksProps) {
  const [needle, setNeedle] = useState("");
  const rest = keys.filter((key) => !chosen.includes(key));
  const listed = [...chosen, ...matchingKeys(rest, needle)].slice(0, MOST_LISTED);
  const isFull = chosen.length >= MOST_CHOSEN;
  return (
    <fieldset className="MetricChecks">
      <legend>Metrics</legend>
      <SearchField label="Find a metric" value={needle} onChange={setNeedle} />
      <ul className="MetricChecks-list">
        {listed.map((key) => {
          const isOn = chosen.includes(key);
          return (
            <li key={key}>
              <label className="ChartEditor-check">
                <input
                  type="checkbox"
                  checked={isOn}
                  disabled={isFull && !isOn}
                  onChange={() =>
                    onChange(isOn ? chosen.filter((each) => each !== key) : [...chosen, key])
                  }
                />
                <span className="clip" title={key}>
                  {key}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
      {listed.length === 0 && <p className="muted">No metric is called so.</p>}
      {isFull && <p className="Field-hint">A chart takes {MOST_CHOSEN} metrics at most.</p>}
    </fieldset>
  );
}
