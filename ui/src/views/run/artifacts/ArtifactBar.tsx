import { CopyButton } from "../../../components/CopyButton";
import { DownloadIcon } from "../../../components/icons/DownloadIcon";
import { Link } from "../../../components/Link";
import { formatBytes, formatCount } from "../../../format/numbers";
import { archiveUrl } from "../../../wire/artifacts";
import { artifactUrl } from "../../../wire/client";
import type { FileInfo, Run } from "../../../wire/types";
import { artifactPath } from "./artifactPath";
import { DeleteArtifact } from "./DeleteArtifact";
import { ancestors, baseName } from "./fileKind";

export type ArtifactBarProps = {
  run: Run;
  path: string;
  /** Absent for the top folder. */
  file: FileInfo | undefined;
  uri: string;
};

/** Where one is in the files, how large the file is, and what can be done with it. */
export function ArtifactBar({ run, path, file, uri }: ArtifactBarProps) {
  const bytes = Number(file?.file_size ?? 0);
  const isFolder = file?.is_dir ?? true;
  const { run_id, lifecycle_stage } = run.info;
  return (
    <header className="ArtifactBar">
      <nav className="ArtifactBar-path mono" aria-label="Path">
        <Link to={artifactPath(run, "")}>artifacts</Link>
        {path !== "" &&
          [...ancestors(path), path].map((part) => (
            <span key={part}>
              {" / "}
              <Link to={artifactPath(run, part)}>{baseName(part)}</Link>
            </span>
          ))}
      </nav>
      {!isFolder && (
        <span className="ArtifactBar-size num" title={`${formatCount(bytes)} bytes`}>
          {formatBytes(bytes)}
        </span>
      )}
      <span className="ArtifactBar-tools">
        {path !== "" && <CopyButton text={path} label="Copy path" withLabel />}
        <CopyButton text={uri} label="Copy URI" withLabel />
        {file && lifecycle_stage === "active" && <DeleteArtifact run={run} file={file} />}
        <a
          className="Button Button-default"
          href={isFolder ? archiveUrl(run_id, path) : artifactUrl(run_id, path)}
          download={isFolder ? `${baseName(path) || run_id}.zip` : baseName(path)}
          data-testid="download"
        >
          <DownloadIcon size={14} /> {isFolder ? "Download zip" : "Download"}
        </a>
      </span>
    </header>
  );
}
