import { ChevronDownIcon } from "../../../../components/icons/ChevronDownIcon";
import { ChevronRightIcon } from "../../../../components/icons/ChevronRightIcon";
import { FileIcon } from "../../../../components/icons/FileIcon";
import { FolderIcon } from "../../../../components/icons/FolderIcon";
import { Link } from "../../../../components/Link";
import { Skeleton } from "../../../../components/Skeleton";
import { formatBytes } from "../../../../format/numbers";
import type { Run } from "../../../../wire/types";
import { artifactPath } from "../artifactPath";
import { baseName } from "../fileKind";
import type { TreeRow } from "./treeRows";

export type TreeLineProps = {
  id: string;
  run: Run;
  row: TreeRow;
  /** Pixels from the top of the tree. */
  offset: number;
  isSelected: boolean;
  /** Where the keyboard is. */
  isActive: boolean;
  onToggle: (path: string, isOpen: boolean) => void;
};

/** One file or folder of the tree, or what is to say of a folder that shows none. */
export function TreeLine(props: TreeLineProps) {
  const { id, run, row, offset, isSelected, isActive, onToggle } = props;
  const style = { transform: `translateY(${offset}px)`, paddingLeft: 8 + row.depth * 16 };
  if (row.kind === "note") {
    return (
      <p
        className="ArtifactTree-line ArtifactTree-note clip"
        style={style}
        title={row.text}
        role={row.isProblem ? "alert" : "none"}
      >
        {row.text ?? <Skeleton width={120} />}
      </p>
    );
  }
  const { file, isOpen } = row;
  return (
    <Link
      id={id}
      to={artifactPath(run, file.path)}
      className={`ArtifactTree-line ArtifactTree-item${isActive ? " is-active" : ""}`}
      style={style}
      // The tree itself has the focus; arrows say which line is meant.
      tabIndex={-1}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-posinset={row.place}
      aria-setsize={row.count}
      aria-expanded={file.is_dir ? isOpen : undefined}
      aria-selected={isSelected}
      title={file.path}
      onClick={() => file.is_dir && onToggle(file.path, isSelected ? !isOpen : true)}
    >
      {file.is_dir ? (
        <>
          <span
            className="ArtifactTree-fold"
            aria-hidden="true"
            onClick={(event) => {
              event.preventDefault();
              event.stopPropagation();
              onToggle(file.path, !isOpen);
            }}
          >
            {isOpen ? <ChevronDownIcon size={12} /> : <ChevronRightIcon size={12} />}
          </span>
          <FolderIcon size={14} className="ArtifactTree-icon" />
        </>
      ) : (
        <FileIcon size={14} className="ArtifactTree-icon" />
      )}
      <span className="clip">{baseName(file.path)}</span>
      {!file.is_dir && (
        <span className="ArtifactTree-size">{formatBytes(Number(file.file_size ?? 0))}</span>
      )}
    </Link>
  );
}
