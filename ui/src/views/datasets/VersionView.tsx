import { CopyButton } from "../../components/CopyButton";
import { ErrorBox } from "../../components/ErrorBox";
import { DownloadIcon } from "../../components/icons/DownloadIcon";
import { PageSkeleton } from "../../components/PageSkeleton";
import { Snippet } from "../../components/Snippet";
import { type Tab, Tabs } from "../../components/Tabs";
import { Time } from "../../components/Time";
import { formatBytes, formatCount } from "../../format/numbers";
import { paths } from "../../routing/paths";
import { useLocation } from "../../routing/useLocation";
import { useVersion } from "../../store/useDatasets";
import { type DatasetVersion, datasetUrl } from "../../wire/datasets";
import { ChangesTab } from "./changes/ChangesTab";
import { ColumnsTab } from "./columns/ColumnsTab";
import { LineageTab } from "./LineageTab";
import { RowsTab } from "./RowsTab";

export type VersionViewProps = {
  name: string;
  version: number;
  versions: readonly DatasetVersion[];
};

const TABS = ["columns", "rows", "changes", "lineage"] as const;
type TabId = (typeof TABS)[number];
const LABELS: Record<TabId, string> = {
  columns: "Columns",
  rows: "Rows",
  changes: "Changes",
  lineage: "Lineage",
};

/** One version: how to load it, its columns, its rows, what changed, who used it. */
export function VersionView({ name, version, versions }: VersionViewProps) {
  const { query } = useLocation();
  const { data, error, refetch } = useVersion(name, version);
  if (error && !data) {
    const retry = () => void refetch();
    return <ErrorBox title="The version did not load." error={error} onRetry={retry} />;
  }
  if (!data) return <PageSkeleton />;
  const active = TABS.find((each) => each === query.get("tab")) ?? "columns";
  const tabs = TABS.map(
    (id): Tab => ({
      id,
      label: LABELS[id],
      to: paths.dataset(name, { version: String(version), tab: id }),
      count: id === "columns" ? (data.columns ?? undefined) : undefined,
    }),
  );
  return (
    <div className="VersionView">
      <VersionHeader version={data} />
      <Tabs label="Parts of the version" tabs={tabs} active={active} />
      {active === "columns" && <ColumnsTab version={data} />}
      {active === "rows" && <RowsTab version={data} />}
      {active === "changes" && <ChangesTab version={data} versions={versions} />}
      {active === "lineage" && <LineageTab version={data} />}
    </div>
  );
}

function VersionHeader({ version }: { version: DatasetVersion }) {
  const { name, uri, rows, columns, size_bytes, new_bytes, created_ms, user_id } = version;
  const size = [
    rows !== null && `${formatCount(rows)} rows`,
    columns !== null && `${formatCount(columns)} columns`,
    `${formatBytes(size_bytes)} ${version.format}`,
    `${formatBytes(new_bytes)} new`,
  ].filter(Boolean);
  return (
    <header className="VersionHeader">
      <div className="VersionHeader-title">
        <h1 className="clip" title={name}>
          {name} <span className="muted">v{version.version}</span>
        </h1>
        <CopyButton text={uri} label="Copy URI" withLabel />
        <a
          className="Button Button-default"
          href={datasetUrl(name, version.version)}
          download={version.file_name}
          data-testid="download"
        >
          <DownloadIcon size={14} /> Download
        </a>
      </div>
      <p className="muted num">
        {size.join(" · ")} · <Time ms={created_ms} />
        {user_id && ` · ${user_id}`}
      </p>
      {version.description && <p>{version.description}</p>}
      <Snippet label="Copy the line" code={`df = mlflow.load_dataset(${JSON.stringify(uri)})`} />
    </header>
  );
}
