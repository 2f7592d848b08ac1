import type { FileInfo } from "../../../wire/types";
import { fileKind } from "../../run/artifacts/fileKind";

const MOST = 20;

/** Pictures that all of some runs have under the same name, from the files of each. */
export function sharedPictures(runs: readonly (readonly FileInfo[])[]): string[] {
  if (runs.length === 0) return [];
  const names = runs.map(
    (files) =>
      new Set(
        files.flatMap(({ path, is_dir }) => (!is_dir && fileKind(path) === "image" ? path : [])),
      ),
  );
  const [first, ...others] = names;
  return [...(first ?? [])]
    .filter((path) => others.every((each) => each.has(path)))
    .sort()
    .slice(0, MOST);
}
