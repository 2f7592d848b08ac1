import { Button } from "../../components/Button";
import { Link } from "../../components/Link";
import { Time } from "../../components/Time";
import { formatBytes, formatCount } from "../../format/numbers";
import { paths } from "../../routing/paths";
import { useLocation } from "../../routing/useLocation";
import type { DatasetVersion } from "../../wire/datasets";

export type VersionListProps = {
  /** The newest first. */
  versions: readonly DatasetVersion[];
  chosen: number;
  /** Absent where all are here. */
  onMore: (() => void) | undefined;
};

/** The versions of a dataset: when each was kept, how long it is, and what it cost to keep. */
export function VersionList({ versions, chosen, onMore }: VersionListProps) {
  const { query } = useLocation();
  const tab = query.get("tab") ?? undefined;
  return (
    <ol className="VersionList" data-testid="versions">
      {versions.map(({ name, version, rows, size_bytes, new_bytes, created_ms }) => (
        <li key={version}>
          <Link
            to={paths.dataset(name, { version: String(version), tab })}
            aria-current={version === chosen ? "page" : undefined}
          >
            <strong>v{version}</strong>
            <span className="muted">
              <Time ms={created_ms} />
            </span>
            <span className="num">
              {rows === null ? formatBytes(size_bytes) : `${formatCount(rows)} rows`}
            </span>
            <span
              className="num muted"
              title={`${formatCount(new_bytes)} of ${formatCount(size_bytes)} bytes were new`}
            >
              +{formatBytes(new_bytes)}
            </span>
          </Link>
        </li>
      ))}
      {onMore && (
        <li>
          <Button kind="quiet" onClick={onMore}>
            Older versions
          </Button>
        </li>
      )}
    </ol>
  );
}
