import { CopyButton } from "../../../components/CopyButton";
import { Facts } from "../../../components/Facts";
import { DownloadIcon } from "../../../components/icons/DownloadIcon";
import { FileIcon } from "../../../components/icons/FileIcon";
import { Skeleton } from "../../../components/Skeleton";
import { formatBytes, formatCount } from "../../../format/numbers";
import { useFileFacts } from "../../../store/useArtifacts";
import { artifactUrl } from "../../../wire/client";
import type { FileInfo } from "../../../wire/types";
import { baseName } from "./fileKind";

export type FileCardProps = {
  runId: string;
  file: FileInfo;
  /** Why it is not shown. */
  reason: string;
};

/** A file that is not shown: what is known of it, and how to get it. */
export function FileCard({ runId, file, reason }: FileCardProps) {
  const { data, isPending } = useFileFacts(runId, file.path);
  const bytes = Number(file.file_size ?? 0);
  return (
    <section className="FileCard" aria-label={baseName(file.path)} data-testid="no-preview">
      <h2>
        <FileIcon size={16} /> <span className="mono">{baseName(file.path)}</span>
      </h2>
      <p className="muted">{reason}</p>
      <Facts>
        <dt>Size</dt>
        <dd className="mono" title={`${formatCount(bytes)} bytes`}>
          {formatBytes(bytes)}
        </dd>
        <dt>Type</dt>
        <dd className="mono">
          {isPending ? <Skeleton width={140} /> : (data?.type ?? "unknown")}
        </dd>
        <dt>SHA-256</dt>
        <dd className="mono FileCard-digest">
          {isPending ? <Skeleton width={260} /> : (data?.sha256 ?? "not known to the server")}
          {data?.sha256 && <CopyButton text={data.sha256} label="Copy SHA-256" />}
        </dd>
      </Facts>
      <a
        className="Button Button-default"
        href={artifactUrl(runId, file.path)}
        download={baseName(file.path)}
      >
        <DownloadIcon size={14} /> Download {formatBytes(bytes)}
      </a>
    </section>
  );
}
