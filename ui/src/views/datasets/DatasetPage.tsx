import { EmptyState } from "../../components/EmptyState";
import { ErrorBox } from "../../components/ErrorBox";
import { Link } from "../../components/Link";
import { PageSkeleton } from "../../components/PageSkeleton";
import { paths } from "../../routing/paths";
import { useLocation } from "../../routing/useLocation";
import { useVersions } from "../../store/useDatasets";
import { toApiError } from "../../wire/errors";
import { VersionList } from "./VersionList";
import { VersionView } from "./VersionView";
import "./DatasetPage.css";

export type DatasetPageProps = { name: string };

/** One dataset: its versions on the left, the chosen one on the right. */
export function DatasetPage({ name }: DatasetPageProps) {
  const { query } = useLocation();
  const found = useVersions(name);
  const versions = found.data?.pages.flatMap((page) => page.versions);
  if (found.isError && !versions) {
    const isMissing = toApiError(found.error).isNotFound;
    return (
      <ErrorBox
        title={isMissing ? "There is no such dataset." : "The dataset could not be loaded."}
        error={found.error}
        onRetry={() => void found.refetch()}
      >
        <Link className="TextLink" to={paths.datasets()}>
          All datasets
        </Link>
      </ErrorBox>
    );
  }
  if (!versions) return <PageSkeleton />;
  const asked = Number(query.get("version") ?? versions[0]?.version);
  const chosen = versions.find(({ version }) => version === asked);
  return (
    <article className="DatasetPage" aria-label={`Dataset ${name}`}>
      <title>{`${name} · Epochal`}</title>
      <aside className="DatasetPage-side">
        <h2>Versions</h2>
        <VersionList
          versions={versions}
          chosen={asked}
          onMore={found.hasNextPage ? () => void found.fetchNextPage() : undefined}
        />
      </aside>
      {chosen || found.hasNextPage ? (
        <VersionView key={asked} name={name} version={asked} versions={versions} />
      ) : (
        <EmptyState title={`There is no version ${query.get("version")}`}>
          <Link className="TextLink" to={paths.dataset(name)}>
            Show the newest
          </Link>
        </EmptyState>
      )}
    </article>
  );
}
