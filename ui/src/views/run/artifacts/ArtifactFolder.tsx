import { useEffect, useState } from "react";
import { ChevronDownIcon } from "../../../components/icons/ChevronDownIcon";
import { ChevronRightIcon } from "../../../components/icons/ChevronRightIcon";
import { FileIcon } from "../../../components/icons/FileIcon";
import { FolderIcon } from "../../../components/icons/FolderIcon";
import { Link } from "../../../components/Link";
import { Skeleton } from "../../../components/Skeleton";
import { formatBytes } from "../../../format/numbers";
import { useArtifacts } from "../../../store/useArtifacts";
import { toApiError } from "../../../wire/errors";
import type { FileInfo, Run } from "../../../wire/types";
import { artifactPath } from "./artifactPath";
import { baseName } from "./fileKind";

export type ArtifactFolderProps = {
  run: Run;
  path: string;
  selected: string;
  depth: number;
  isLive: boolean;
};

/** The entries of one folder, each folder among them closed until it is opened. */
export function ArtifactFolder({ run, path, selected, depth, isLive }: ArtifactFolderProps) {
  const { data, error } = useArtifacts(run.info.run_id, path, { isLive });
  const indent = { paddingLeft: 8 + depth * 16 };
  if (error && !data) {
    return (
      <p className="ArtifactTree-note" style={indent} role="alert">
        {toApiError(error).message}
      </p>
    );
  }
  if (!data) {
    return (
      <div className="ArtifactTree-note" style={indent}>
        <Skeleton width="60%" />
      </div>
    );
  }
  if (data.files.length === 0 && depth > 0) {
    return (
      <p className="ArtifactTree-note" style={indent}>
        Empty
      </p>
    );
  }
  return data.files.map((file) =>
    file.is_dir ? (
      <FolderItem
        key={file.path}
        file={file}
        run={run}
        selected={selected}
        depth={depth}
        isLive={isLive}
      />
    ) : (
      <Link
        key={file.path}
        to={artifactPath(run, file.path)}
        className="ArtifactTree-item"
        style={indent}
        role="treeitem"
        aria-level={depth + 1}
        aria-selected={file.path === selected}
        title={file.path}
      >
        <FileIcon size={14} className="ArtifactTree-icon" />
        <span className="clip">{baseName(file.path)}</span>
        <span className="ArtifactTree-size">{formatBytes(Number(file.file_size ?? 0))}</span>
      </Link>
    ),
  );
}

type FolderItemProps = Omit<ArtifactFolderProps, "path"> & { file: FileInfo };

function FolderItem({ file, run, selected, depth, isLive }: FolderItemProps) {
  const isWithin = selected === file.path || selected.startsWith(`${file.path}/`);
  const [isOpen, setOpen] = useState(isWithin);
  useEffect(() => {
    if (isWithin) setOpen(true);
  }, [isWithin]);
  return (
    <>
      <Link
        to={artifactPath(run, file.path)}
        className="ArtifactTree-item"
        style={{ paddingLeft: 8 + depth * 16 }}
        role="treeitem"
        aria-level={depth + 1}
        aria-expanded={isOpen}
        aria-selected={file.path === selected}
        title={file.path}
        onClick={() => setOpen(selected === file.path ? !isOpen : true)}
      >
        {/* The keyboard folds by the arrow keys of the item itself. */}
        <span
          className="ArtifactTree-fold"
          data-toggle
          aria-hidden="true"
          onClick={(event) => {
            event.preventDefault();
            event.stopPropagation();
            setOpen(!isOpen);
          }}
        >
          {isOpen ? <ChevronDownIcon size={12} /> : <ChevronRightIcon size={12} />}
        </span>
        <FolderIcon size={14} className="ArtifactTree-icon" />
        <span className="clip">{baseName(file.path)}</span>
      </Link>
      {isOpen && (
        <ArtifactFolder
          run={run}
          path={file.path}
          selected={selected}
          depth={depth + 1}
          isLive={isLive}
        />
      )}
    </>
  );
}
