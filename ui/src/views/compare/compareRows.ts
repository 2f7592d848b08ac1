import { exactTime, formatDuration } from "../../format/times";
import { keysOf, type RunRow } from "../../store/rows";

export type SectionId = "attributes" | "params" | "metrics" | "tags";

/** One line of the comparison: a value of each run, undefined where a run has none. */
export type CompareRow = {
  section: SectionId;
  key: string;
  /** In the order of the runs. */
  texts: readonly (string | undefined)[];
  /** For metrics: the values as numbers. */
  numbers?: readonly (number | undefined)[];
  isSame: boolean;
};

export const SECTION_TITLES: Record<SectionId, string> = {
  attributes: "Attributes",
  params: "Params",
  metrics: "Metrics",
  tags: "Tags",
};

const ATTRIBUTES: readonly [string, (row: RunRow) => string | undefined][] = [
  [
    "Started",
    ({ startMs }) => (startMs === undefined ? undefined : exactTime(startMs).slice(0, 19)),
  ],
  ["Duration", durationOf],
  ["Status", ({ status }) => status],
  ["User", (row) => row.user || row.tags.get("mlflow.user")],
  ["Source", ({ tags }) => tags.get("mlflow.source.name")],
  ["Commit", ({ tags }) => tags.get("mlflow.source.git.commit")],
  ["Datasets", ({ datasets }) => datasets],
  ["Description", ({ tags }) => tags.get("mlflow.note.content")],
  ["Run id", ({ id }) => id],
];

/** Every line that these runs can fill, section by section. */
export function compareRows(runs: readonly RunRow[]): CompareRow[] {
  const attributes = ATTRIBUTES.map(([key, read]) => textRow("attributes", key, runs, read));
  const params = keysOf(runs, "params").map((key) =>
    textRow("params", key, runs, (run) => run.params.get(key)),
  );
  const metrics = keysOf(runs, "metrics").map((key) => metricRow(key, runs));
  const tags = keysOf(runs, "tags")
    // The tracker's own tags stand among the attributes, or say nothing about the run.
    .filter((key) => !key.startsWith("mlflow."))
    .map((key) => textRow("tags", key, runs, (run) => run.tags.get(key)));
  return [...attributes, ...params, ...metrics, ...tags].filter(({ texts }) =>
    texts.some((text) => text !== undefined),
  );
}

/** The lines that a reader asked for: those that differ, those that match the filter. */
export function chosenRows(
  rows: readonly CompareRow[],
  wanted: { isDifferent: boolean; needle: string },
): CompareRow[] {
  const needle = wanted.needle.trim().toLowerCase();
  return rows.filter(
    ({ key, isSame }) =>
      !(wanted.isDifferent && isSame) && (needle === "" || key.toLowerCase().includes(needle)),
  );
}

/** The lines as tab-separated text, as spreadsheets paste it. */
export function compareText(runs: readonly RunRow[], rows: readonly CompareRow[]): string {
  const plain = (text: string | undefined) => (text ?? "").replace(/[\t\r\n]+/g, " ");
  const head = ["", "", ...runs.map(({ name }) => plain(name))];
  const lines = rows.map(({ section, key, texts }) => [
    section,
    plain(key),
    ...texts.map((text) => plain(text)),
  ]);
  return [head, ...lines].map((cells) => cells.join("\t")).join("\n");
}

/** Metrics that at least two of the runs have: those that charts can lay over each other. */
export function sharedMetrics(runs: readonly RunRow[]): string[] {
  return keysOf(runs, "metrics").filter(
    (key) => runs.filter(({ metrics }) => metrics.has(key)).length > 1,
  );
}

function textRow(
  section: SectionId,
  key: string,
  runs: readonly RunRow[],
  read: (run: RunRow) => string | undefined,
): CompareRow {
  const texts = runs.map((run) => read(run) || undefined);
  return { section, key, texts, isSame: texts.every((text) => text === texts[0]) };
}

function metricRow(key: string, runs: readonly RunRow[]): CompareRow {
  const numbers = runs.map(({ metrics }) => metrics.get(key));
  return {
    section: "metrics",
    key,
    texts: numbers.map((value) => (value === undefined ? undefined : String(value))),
    numbers,
    isSame: numbers.every((value) => Object.is(value, numbers[0])),
  };
}

function durationOf({ startMs, endMs }: RunRow): string | undefined {
  return startMs === undefined || endMs === undefined
    ? undefined
    : formatDuration(endMs - startMs);
}
