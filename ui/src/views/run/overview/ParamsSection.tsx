import { useState } from "react";
import { CopyButton } from "../../../components/CopyButton";
import { SearchField } from "../../../components/SearchField";
import type { Param } from "../../../wire/types";
import { Section } from "../Section";
import { LongValue } from "./LongValue";
import { pythonDict } from "./pythonDict";

export type ParamsSectionProps = { params: readonly Param[] };

/** What the run was given. All of it can be copied into a script. */
export function ParamsSection({ params }: ParamsSectionProps) {
  const [needle, setNeedle] = useState("");
  const sorted = params.toSorted((a, b) => a.key.localeCompare(b.key));
  const wanted = needle.trim().toLowerCase();
  const shown = sorted.filter((param) =>
    `${param.key}\n${param.value}`.toLowerCase().includes(wanted),
  );
  return (
    <Section
      title="Params"
      count={wanted ? `${shown.length} of ${sorted.length}` : sorted.length}
      tools={
        sorted.length > 0 && (
          <>
            {sorted.length > 5 && (
              <SearchField label="Filter params" value={needle} onChange={setNeedle} />
            )}
            <CopyButton text={pythonDict(shown)} label="Copy as Python dict" withLabel />
          </>
        )
      }
    >
      {sorted.length === 0 && (
        <p className="Section-empty">
          No params. Log one with <code>mlflow.log_param("alpha", 0.1)</code>.
        </p>
      )}
      {sorted.length > 0 && shown.length === 0 && (
        <p className="Section-empty">No param has “{needle}” in its name or value.</p>
      )}
      {shown.length > 0 && (
        <div className="Overview-scroll">
          <table className="Overview-table" data-testid="params-table">
            <thead>
              <tr>
                <th scope="col">Param</th>
                <th scope="col">Value</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ key, value }) => (
                <tr key={key}>
                  <th scope="row" className="clip" title={key}>
                    {key}
                  </th>
                  <td className="Overview-value mono">
                    <LongValue text={value} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
