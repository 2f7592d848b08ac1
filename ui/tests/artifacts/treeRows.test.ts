import { expect, test } from "vitest";
import { type KnownFolder, treeMove, treeRows } from "../../src/views/run/artifacts/tree/treeRows";

const folder = (...names: string[]): KnownFolder => ({
  files: names.map((path) => ({ path: path.replace(/\/$/, ""), is_dir: path.endsWith("/") })),
  problem: undefined,
});
const FOLDERS = new Map([
  ["", folder("a/", "b/", "c.txt")],
  ["a", folder("a/x.txt", "a/y.txt")],
  ["b", { files: undefined, problem: "No leave" }],
]);
const rows = treeRows(FOLDERS, new Set(["a"]));

test("open folders show what they hold, closed ones do not", () => {
  const paths = rows.map((row) => (row.kind === "entry" ? row.file.path : "note"));
  expect(paths).toEqual(["a", "a/x.txt", "a/y.txt", "b", "c.txt"]);
  expect(rows[1]).toMatchObject({ depth: 1, place: 1, count: 2 });
});

test("an open folder says that it is read, empty or failed", () => {
  const notes = treeRows(FOLDERS, new Set(["b"])).filter(({ kind }) => kind === "note");
  expect(notes).toEqual([
    { kind: "note", path: "b", depth: 1, text: "No leave", isProblem: true },
  ]);
  expect(treeRows(new Map(), new Set())).toMatchObject([{ kind: "note", text: undefined }]);
  const empty = new Map([
    ["", folder("d/")],
    ["d", folder()],
  ] as const);
  expect(treeRows(empty, new Set(["d"]))[1]).toMatchObject({ text: "Empty" });
});

test("arrows move, open, enter, close and leave", () => {
  expect(treeMove("ArrowDown", rows, 0)).toEqual({ to: 1 });
  expect(treeMove("ArrowUp", rows, 0)).toBeUndefined();
  expect(treeMove("ArrowRight", rows, 0)).toEqual({ to: 1 });
  expect(treeMove("ArrowRight", rows, 3)).toBe("open");
  expect(treeMove("ArrowLeft", rows, 0)).toBe("close");
  expect(treeMove("ArrowLeft", rows, 2)).toEqual({ to: 0 });
  expect(treeMove("End", rows, 0)).toEqual({ to: 4 });
  expect(treeMove("Home", rows, 4)).toEqual({ to: 0 });
});

test("a letter finds the next name that begins with it, and starts over at the end", () => {
  expect(treeMove("c", rows, 0)).toEqual({ to: 4 });
  expect(treeMove("A", rows, 4)).toEqual({ to: 0 });
  expect(treeMove("q", rows, 0)).toBeUndefined();
});
