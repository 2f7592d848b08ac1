import { EmptyState } from "../../../components/EmptyState";
import { Link } from "../../../components/Link";
import { Skeleton } from "../../../components/Skeleton";
import { useArtifacts } from "../../../store/useArtifacts";
import type { Run } from "../../../wire/types";
import { ArtifactBar } from "./ArtifactBar";
import { ArtifactError } from "./ArtifactError";
import { artifactPath } from "./artifactPath";
import { FilePreview } from "./FilePreview";
import { FolderView } from "./FolderView";
import { parentPath } from "./fileKind";

export type ArtifactViewProps = { run: Run; path: string; isLive: boolean };

/** What stands at a path of a run's files: a folder's list or a file's preview. */
export function ArtifactView({ run, path, isLive }: ArtifactViewProps) {
  const runId = run.info.run_id;
  const { data, error, refetch } = useArtifacts(runId, parentPath(path), { isLive });
  if (error && !data) {
    return <ArtifactError error={error} onRetry={() => void refetch()} />;
  }
  if (!data) return <Skeleton height={28} />;
  const file = data.files.find((each) => each.path === path);
  if (path !== "" && !file) {
    return (
      <EmptyState title="There is no such file">
        <p>
          The run has nothing at <code>{path}</code>. It may have been moved or not be logged yet.
        </p>
        <Link className="TextLink" to={artifactPath(run, parentPath(path))}>
          Show the folder
        </Link>
      </EmptyState>
    );
  }
  const uri = [data.rootUri.replace(/\/$/, ""), path].filter(Boolean).join("/");
  return (
    <>
      <ArtifactBar run={run} path={path} file={file} uri={uri} />
      {file && !file.is_dir ? (
        <FilePreview runId={runId} file={file} />
      ) : (
        <FolderView run={run} path={path} isLive={isLive} />
      )}
    </>
  );
}
