import { ErrorBox } from "../../../components/ErrorBox";
import { FileIcon } from "../../../components/icons/FileIcon";
import { FolderIcon } from "../../../components/icons/FolderIcon";
import { Link } from "../../../components/Link";
import { Skeleton } from "../../../components/Skeleton";
import { formatBytes } from "../../../format/numbers";
import { useArtifacts } from "../../../store/useArtifacts";
import type { Run } from "../../../wire/types";
import { artifactPath } from "./artifactPath";
import { baseName } from "./fileKind";

export type FolderTableProps = { run: Run; path: string; isLive: boolean };

/** The entries of a folder with their sizes. */
export function FolderTable({ run, path, isLive }: FolderTableProps) {
  const { data, error, refetch } = useArtifacts(run.info.run_id, path, { isLive });
  if (error && !data) {
    return (
      <ErrorBox title="The folder did not load." error={error} onRetry={() => void refetch()} />
    );
  }
  if (!data) return <Skeleton width="40%" />;
  return (
    <table className="FolderTable" aria-label={path ? `Files in ${path}` : "Files of the run"}>
      <tbody>
        {data.files.map((file) => (
          <tr key={file.path}>
            <td className="clip">
              <Link to={artifactPath(run, file.path)}>
                {file.is_dir ? <FolderIcon size={14} /> : <FileIcon size={14} />}{" "}
                {baseName(file.path)}
              </Link>
            </td>
            <td className="num muted">
              {file.is_dir ? "folder" : formatBytes(Number(file.file_size ?? 0))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
