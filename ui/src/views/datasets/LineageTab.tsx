import { ErrorBox } from "../../components/ErrorBox";
import { Link } from "../../components/Link";
import { PageSkeleton } from "../../components/PageSkeleton";
import { StatusIcon } from "../../components/StatusIcon";
import { Time } from "../../components/Time";
import { paths } from "../../routing/paths";
import { useLineage } from "../../store/useDatasets";
import { useRun } from "../../store/useRun";
import type { DatasetReader, DatasetVersion } from "../../wire/datasets";
import type { RunStatus } from "../../wire/types";
import { Section } from "../run/Section";

export type LineageTabProps = { version: DatasetVersion };

/** Which run made a version, which runs read it, and the models that came of those. */
export function LineageTab({ version: { name, version, origin } }: LineageTabProps) {
  const { data, error, refetch } = useLineage(name, version);
  if (error && !data) {
    const retry = () => void refetch();
    return <ErrorBox title="The lineage did not load." error={error} onRetry={retry} />;
  }
  if (!data) return <PageSkeleton />;
  return (
    <div className="LineageTab" data-testid="lineage">
      <Section title="Made by">
        {data.made_by ? (
          <Maker runId={data.made_by} />
        ) : (
          <p className="Section-empty">
            No run: it was kept from {origin === "file" ? "a file" : origin} outside of one.
          </p>
        )}
      </Section>
      <Section title="Read by" count={data.read_by.length}>
        {data.read_by.length === 0 && (
          <p className="Section-empty">
            No run yet. <code>mlflow.log_input(dataset, context="training")</code> notes one.
          </p>
        )}
        {data.read_by.length > 0 && (
          <table className="LineageTab-runs">
            <thead>
              <tr>
                <th scope="col">Run</th>
                <th scope="col">Context</th>
                <th scope="col">Started</th>
                <th scope="col">Models</th>
              </tr>
            </thead>
            <tbody>
              {data.read_by.map((reader) => (
                <ReaderLine key={`${reader.run_id} ${reader.context}`} reader={reader} />
              ))}
            </tbody>
          </table>
        )}
      </Section>
    </div>
  );
}

function Maker({ runId }: { runId: string }) {
  const { data, error } = useRun(runId);
  if (!data) {
    return <p className="Section-empty mono">{error ? `${runId} (not here any more)` : runId}</p>;
  }
  const { experiment_id, run_name, status } = data.info;
  return (
    <p className="LineageTab-maker">
      <StatusIcon status={status} />
      <Link className="TextLink" to={paths.run(experiment_id, runId)}>
        {run_name || runId}
      </Link>
    </p>
  );
}

function ReaderLine({ reader }: { reader: DatasetReader }) {
  const { run_id, run_name, experiment_id, status, start_time, context, models } = reader;
  return (
    <tr>
      <td>
        <StatusIcon status={status as RunStatus} />{" "}
        <Link className="TextLink" to={paths.run(experiment_id, run_id)}>
          {run_name || run_id}
        </Link>
        {!reader.is_active && <span className="muted"> deleted</span>}
      </td>
      <td>{context ?? "–"}</td>
      <td className="muted">
        <Time ms={start_time ?? undefined} />
      </td>
      <td className="clip" title={models.join(", ")}>
        {models.length > 0 ? models.join(", ") : "–"}
      </td>
    </tr>
  );
}
