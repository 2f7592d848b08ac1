import type { FileInfo } from "../../../../wire/types";

/** What is known of a folder: its entries, that it failed, or nothing yet. */
export type KnownFolder = { files: readonly FileInfo[] | undefined; problem: string | undefined };

/** One line of the tree. `place` counts from 1 among the `count` entries of the folder. */
export type TreeRow =
  | {
      kind: "entry";
      file: FileInfo;
      depth: number;
      isOpen: boolean;
      place: number;
      count: number;
    }
  | { kind: "note"; path: string; depth: number; text: string | undefined; isProblem: boolean };

/** The lines of a tree from its folders; those that are open show what they hold. */
export function treeRows(
  folders: ReadonlyMap<string, KnownFolder>,
  open: ReadonlySet<string>,
): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (path: string, depth: number) => {
    const note = (text?: string, isProblem = false) =>
      rows.push({ kind: "note", path, depth, text, isProblem });
    const folder = folders.get(path);
    if (folder?.problem) return note(folder.problem, true);
    if (!folder?.files) return note();
    if (folder.files.length === 0 && depth > 0) return note("Empty");
    for (const [index, file] of folder.files.entries()) {
      const isOpen = file.is_dir && open.has(file.path);
      const count = folder.files.length;
      rows.push({ kind: "entry", file, depth, isOpen, place: index + 1, count });
      if (isOpen) visit(file.path, depth + 1);
    }
  };
  visit("", 0);
  return rows;
}

/** What a key does in the tree: go to a row, open or close the folder, or nothing. */
export type TreeMove = { to: number } | "open" | "close" | undefined;

const PAGE = 20;

/** Up and Down move, Right opens or enters, Left closes or leaves, a letter finds. */
export function treeMove(key: string, rows: readonly TreeRow[], at: number): TreeMove {
  const row = rows[at];
  if (key === "ArrowDown") return step(rows, at, 1);
  if (key === "ArrowUp") return step(rows, at, -1);
  if (key === "Home") return step(rows, -1, 1);
  if (key === "End") return step(rows, rows.length, -1);
  if (key === "PageDown") return step(rows, Math.min(rows.length - 2, at + PAGE - 1), 1);
  if (key === "PageUp") return step(rows, Math.max(1, at - PAGE + 1), -1);
  if (row?.kind !== "entry") return undefined;
  if (key === "ArrowRight") {
    if (!row.file.is_dir) return undefined;
    return row.isOpen ? step(rows, at, 1) : "open";
  }
  if (key === "ArrowLeft") {
    if (row.isOpen) return "close";
    const parent = rows.slice(0, at).findLastIndex(({ depth }) => depth < row.depth);
    return parent < 0 ? undefined : { to: parent };
  }
  return key.length === 1 && key !== " " ? findByLetter(key, rows, at) : undefined;
}

function step(rows: readonly TreeRow[], at: number, by: 1 | -1): TreeMove {
  for (let index = at + by; index >= 0 && index < rows.length; index += by) {
    if (rows[index]?.kind === "entry") return { to: index };
  }
  return undefined;
}

function findByLetter(letter: string, rows: readonly TreeRow[], at: number): TreeMove {
  for (let index = at + 1; index < at + 1 + rows.length; index += 1) {
    const row = rows[index % rows.length];
    if (row?.kind !== "entry") continue;
    const name = row.file.path.slice(row.file.path.lastIndexOf("/") + 1);
    if (name.toLowerCase().startsWith(letter.toLowerCase())) return { to: index % rows.length };
  }
  return undefined;
}
