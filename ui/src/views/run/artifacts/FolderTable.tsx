import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { FileIcon } from "../../../components/icons/FileIcon";
import { FolderIcon } from "../../../components/icons/FolderIcon";
import { Link } from "../../../components/Link";
import { formatBytes, formatCount } from "../../../format/numbers";
import type { FileInfo, Run } from "../../../wire/types";
import { artifactPath } from "./artifactPath";
import { baseName } from "./fileKind";

export type FolderTableProps = {
  run: Run;
  path: string;
  files: readonly FileInfo[];
  /** Something else stands above it, which needs the room. */
  isBelow: boolean;
};

const ROW = 28;

/** The entries of a folder with their sizes; only those on screen are drawn. */
export function FolderTable({ run, path, files, isBelow }: FolderTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: files.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const bytes = files.reduce((sum, file) => sum + Number(file.file_size ?? 0), 0);
  return (
    <>
      <div
        ref={scroller}
        className={isBelow ? "FolderTable is-below" : "FolderTable"}
        role="table"
        aria-label={path ? `Files in ${path}` : "Files of the run"}
        aria-rowcount={files.length}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key
        tabIndex={0}
        data-testid="folder-table"
      >
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const file = files[index];
            return (
              file && (
                <div
                  key={file.path}
                  role="row"
                  aria-rowindex={index + 1}
                  className="FolderTable-row"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <span role="cell" className="clip">
                    <Link to={artifactPath(run, file.path)} title={baseName(file.path)}>
                      {file.is_dir ? <FolderIcon size={14} /> : <FileIcon size={14} />}{" "}
                      {baseName(file.path)}
                    </Link>
                  </span>
                  <span role="cell" className="num muted">
                    {file.is_dir ? "folder" : formatBytes(Number(file.file_size ?? 0))}
                  </span>
                </div>
              )
            );
          })}
        </div>
      </div>
      <footer className="FolderTable-foot muted">
        {formatCount(files.length)} {files.length === 1 ? "entry" : "entries"}
        {bytes > 0 && `, ${formatBytes(bytes)} in files here`}
      </footer>
    </>
  );
}
