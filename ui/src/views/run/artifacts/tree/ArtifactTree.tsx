import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { navigate } from "../../../../routing/useLocation";
import { useFolders } from "../../../../store/useArtifacts";
import { toApiError } from "../../../../wire/errors";
import type { Run } from "../../../../wire/types";
import { artifactPath } from "../artifactPath";
import { ancestors } from "../fileKind";
import { TreeLine } from "./TreeLine";
import { type KnownFolder, type TreeRow, treeMove, treeRows } from "./treeRows";

export type ArtifactTreeProps = { run: Run; selected: string; isLive: boolean };

const ROW = 28;

/**
 * The files of a run as a tree; a folder is read when it is opened, and only the lines on
 * screen are drawn.
 */
export function ArtifactTree({ run, selected, isLive }: ArtifactTreeProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const rows = useTreeRows(run.info.run_id, open, isLive);
  const chosen = rows.findIndex((row) => row.kind === "entry" && row.file.path === selected);
  const [active, setActive] = useState(selected);
  const found = rows.findIndex((row) => row.kind === "entry" && row.file.path === active);
  const at = found >= 0 ? found : chosen;
  const toggle = (path: string, isOpen: boolean) =>
    setOpen((before) => {
      const next = new Set(before);
      if (isOpen) next.add(path);
      else next.delete(path);
      return next;
    });
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  // What is shown on the right can be seen in the tree: the folders above it open.
  useEffect(() => {
    setActive(selected);
    if (selected) setOpen((before) => new Set([...before, ...ancestors(selected), selected]));
  }, [selected]);
  useEffect(() => {
    if (chosen >= 0) virtual.scrollToIndex(chosen, { align: "auto" });
  }, [chosen, virtual]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at];
    if ((event.key === "Enter" || event.key === " ") && row?.kind === "entry") {
      event.preventDefault();
      navigate(artifactPath(run, row.file.path));
      return;
    }
    const move = treeMove(event.key, rows, at);
    if (move === undefined) return;
    event.preventDefault();
    if (typeof move === "object") {
      const target = rows[move.to];
      if (target?.kind === "entry") setActive(target.file.path);
      virtual.scrollToIndex(move.to, { align: "auto" });
    } else if (row?.kind === "entry") {
      toggle(row.file.path, move === "open");
    }
  };
  return (
    <div
      ref={scroller}
      className="ArtifactTree"
      role="tree"
      aria-label="Files of the run"
      aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtual.getTotalSize() }} className="ArtifactTree-body" role="none">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <TreeLine
                key={keyOf(row)}
                id={`${id}-${index}`}
                run={run}
                row={row}
                offset={start}
                isSelected={index === chosen}
                isActive={index === at}
                onToggle={toggle}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

/** The lines of what is open; a closed folder is not asked for. */
function useTreeRows(runId: string, open: ReadonlySet<string>, isLive: boolean): TreeRow[] {
  const paths = useMemo(() => ["", ...[...open].filter(Boolean)], [open]);
  const results = useFolders(
    paths.map((path) => ({ runId, path })),
    { isLive },
  );
  const folders = new Map<string, KnownFolder>();
  for (const [index, path] of paths.entries()) {
    const { data, error } = results[index] ?? {};
    const problem = error && !data ? toApiError(error).message : undefined;
    folders.set(path, { files: data?.files, problem });
  }
  return treeRows(folders, open);
}

function keyOf(row: TreeRow): string {
  return row.kind === "entry" ? row.file.path : `${row.path}/ note`;
}
