import { CopyButton } from "../../../components/CopyButton";
import { Link } from "../../../components/Link";
import { formatCount } from "../../../format/numbers";
import type { DatasetInput } from "../../../wire/types";
import { Section } from "../Section";
import { datasetFacts, pageOfDataset } from "./datasetFacts";

export type DatasetsSectionProps = { inputs: readonly DatasetInput[] };

/** The datasets that the run says it used, with their digest and columns. */
export function DatasetsSection({ inputs }: DatasetsSectionProps) {
  return (
    <Section title="Datasets" count={inputs.length}>
      {inputs.length === 0 && (
        <p className="Section-empty">
          None recorded. <code>mlflow.log_input(dataset, context="training")</code> records one.
        </p>
      )}
      {inputs.map((input, index) => (
        // The same data may be used twice in one run, in two contexts.
        <DatasetRow key={`${input.dataset.digest}-${index.toString()}`} input={input} />
      ))}
    </Section>
  );
}

function DatasetRow({ input }: { input: DatasetInput }) {
  const { context, source, rows, columns } = datasetFacts(input);
  const { name, digest, source_type } = input.dataset;
  const size = [
    rows !== undefined && `${formatCount(rows)} rows`,
    columns.length > 0 && `${formatCount(columns.length)} columns`,
  ].filter(Boolean);
  return (
    <details className="Overview-fold" data-testid="dataset">
      <summary>
        <strong>{name}</strong>
        {context && ` · ${context}`}
        {size.length > 0 && ` · ${size.join(", ")}`}
      </summary>
      <table className="Overview-table">
        <tbody>
          <DatasetFact name="Digest" value={digest} />
          {source && <DatasetFact name="Source" value={source} to={pageOfDataset(source)} />}
          {source_type && <DatasetFact name="Source type" value={source_type} />}
          {columns.map((column) => (
            <tr key={column.name}>
              <th scope="row" className="clip">
                {column.name}
              </th>
              <td className="mono muted">{column.type}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

type DatasetFactProps = {
  name: string;
  value: string;
  /** The page of what is named. */
  to?: string;
};

function DatasetFact({ name, value, to }: DatasetFactProps) {
  return (
    <tr>
      <th scope="row" className="muted">
        {name}
      </th>
      <td className="Overview-value mono">
        {to ? (
          <Link className="TextLink" to={to}>
            {value}
          </Link>
        ) : (
          value
        )}{" "}
        <CopyButton text={value} label={`Copy ${name.toLowerCase()}`} />
      </td>
    </tr>
  );
}
