import { EmptyState } from "../../../components/EmptyState";
import { ErrorBox } from "../../../components/ErrorBox";
import { PageSkeleton } from "../../../components/PageSkeleton";
import { changeQuery, useLocation } from "../../../routing/useLocation";
import { useDiff, useVersion } from "../../../store/useDatasets";
import type { DatasetVersion } from "../../../wire/datasets";
import { ChangeSummary } from "./ChangeSummary";
import { DriftTable } from "./DriftTable";
import "./ChangesTab.css";

export type ChangesTabProps = {
  version: DatasetVersion;
  versions: readonly DatasetVersion[];
};

/** What changed between another version and this one. */
export function ChangesTab({ version, versions }: ChangesTabProps) {
  const { query } = useLocation();
  const others = versions.filter((each) => each.version !== version.version);
  const before = others.find(({ version: each }) => each < version.version) ?? others[0];
  const asked = others.find((each) => each.version === Number(query.get("against")));
  const against = asked ?? before;
  if (!against) {
    return (
      <EmptyState title="This is the only version">
        <p>The next one that is kept under this name can be compared with it here.</p>
      </EmptyState>
    );
  }
  return (
    <div className="ChangesTab" data-testid="changes">
      <label className="ChangesTab-choice">
        Compared with
        <select
          className="TextInput"
          value={against.version}
          onChange={(event) => changeQuery({ against: event.target.value })}
        >
          {others.map((each) => (
            <option key={each.version} value={each.version}>
              version {each.version}
            </option>
          ))}
        </select>
      </label>
      <Changes name={version.name} before={against.version} after={version.version} />
    </div>
  );
}

type ChangesProps = { name: string; before: number; after: number };

function Changes({ name, before, after }: ChangesProps) {
  const { data, error, refetch } = useDiff(name, before, after);
  const one = useVersion(name, before).data?.profile;
  const other = useVersion(name, after).data?.profile;
  if (error && !data) {
    const retry = () => void refetch();
    return <ErrorBox title="The versions were not compared." error={error} onRetry={retry} />;
  }
  if (!data) return <PageSkeleton />;
  return (
    <>
      <ChangeSummary diff={data} />
      <DriftTable
        columns={data.columns}
        before={typeof one === "object" ? (one?.columns ?? []) : []}
        after={typeof other === "object" ? (other?.columns ?? []) : []}
      />
    </>
  );
}
