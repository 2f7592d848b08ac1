import { Facts } from "../../../../components/Facts";
import { Snippet } from "../../../../components/Snippet";
import { formatBytes } from "../../../../format/numbers";
import type { ModelFacts, SignatureField } from "./modelFacts";
import { pandasSnippet, sparkSnippet } from "./modelSnippets";
import "./ModelSummary.css";

export type ModelSummaryProps = {
  facts: ModelFacts;
  /** Where the model's folder is, such as `runs:/<id>/model`. */
  uri: string;
};

/** What a model is: its flavors, what goes in and comes out, and how to predict with it. */
export function ModelSummary({ facts, uri }: ModelSummaryProps) {
  const { flavors, inputs, outputs, params, sizeBytes, environment } = facts;
  const lines: [string, string | undefined][] = [
    ["Flavors", flavors.map(({ name }) => name).join(", ")],
    ["Size", sizeBytes === undefined ? undefined : formatBytes(sizeBytes)],
    ["Logged", facts.createdAt],
    ["Format", facts.loggedWith && `MLflow ${facts.loggedWith}`],
    ...environment,
  ];
  return (
    <div className="ModelSummary" data-testid="model-summary">
      <div className="ModelSummary-columns">
        <Facts>
          {lines.map(
            ([name, value]) =>
              value && (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd className="mono">{value}</dd>
                </div>
              ),
          )}
        </Facts>
        <div>
          {inputs || outputs ? (
            <Signature inputs={inputs} outputs={outputs} params={params} />
          ) : (
            <p className="muted">
              No signature: the model was logged without one, so nobody checks what goes in.
            </p>
          )}
        </div>
      </div>
      <h3>Predict with pandas</h3>
      <Snippet label="Copy the lines for pandas" code={pandasSnippet(uri)} />
      <h3>Predict with Spark</h3>
      <Snippet label="Copy the lines for Spark" code={sparkSnippet(uri)} />
    </div>
  );
}

type SignatureProps = Pick<ModelFacts, "inputs" | "outputs" | "params">;

function Signature({ inputs, outputs, params }: SignatureProps) {
  const parts: [string, SignatureField[] | undefined][] = [
    ["Inputs", inputs],
    ["Outputs", outputs],
    ["Params", params],
  ];
  return (
    <table className="ModelSummary-signature" aria-label="Signature">
      {parts.map(
        ([title, fields]) =>
          fields &&
          fields.length > 0 && (
            <tbody key={title}>
              <tr>
                <th scope="rowgroup" colSpan={2}>
                  {title} <span className="Section-count">{fields.length}</span>
                </th>
              </tr>
              {fields.map(({ name, type, isOptional }) => (
                <tr key={name}>
                  <td className="mono clip" title={name}>
                    {name}
                    {isOptional && <span className="muted"> optional</span>}
                  </td>
                  <td className="mono muted">{type}</td>
                </tr>
              ))}
            </tbody>
          ),
      )}
    </table>
  );
}
