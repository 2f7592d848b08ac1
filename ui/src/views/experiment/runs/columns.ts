import { exactTime, formatDuration } from "../../../format/times";
import type { RunRow, TableField } from "../../../store/rows";
import type { KnownField } from "../../../wire/fields";
import { quoteKey } from "../query/filter";
import type { Choice } from "./choice";

export type ColumnGroup = "attributes" | "metrics" | "params" | "tags";

/** One column of the runs table, the frozen name aside. */
export type Column = {
  /** Unique and stable, such as `metrics.val/rmse`; it stands in addresses. */
  id: string;
  group: ColumnGroup;
  key: string;
  label: string;
  /** What the server is asked for to fill it; undefined where every row has it anyway. */
  field: TableField | undefined;
  /** How the server orders by it; undefined where it cannot. */
  orderKey: string | undefined;
  isShownAtFirst: boolean;
  width: number;
  /** How many runs have it, where that is known. */
  count?: number;
  type?: KnownField["type"];
  /** Read run by run when in sight, as the server has no column of it; files go without. */
  isLazy?: true;
  /** The full value as text, "" where the run has none. */
  text: (row: RunRow) => string;
  /** The value for a machine to read, where that is another text. */
  plain?: (row: RunRow) => string;
  /** The value of a column of numbers. */
  number?: (row: RunRow) => number | undefined;
};

export const GROUPS: readonly ColumnGroup[] = ["attributes", "metrics", "params", "tags"];
export const GROUP_LABELS: Record<ColumnGroup, string> = {
  attributes: "Attributes",
  metrics: "Metrics",
  params: "Params",
  tags: "Tags",
};

/** The frozen first column sorts as well, so it has an id of the same kind. */
export const NAME_ID = "attributes.run_name";

/** What can be said of a metric besides its latest value. */
export const SUMMARIES = ["min", "max", "mean", "first", "count"] as const;

type AttributeSpec = Omit<Column, "id" | "group" | "isShownAtFirst" | "field"> & {
  field?: TableField;
  isShownAtFirst?: true;
};

const ATTRIBUTES: readonly AttributeSpec[] = [
  {
    key: "start_time",
    label: "Created",
    orderKey: "attributes.start_time",
    isShownAtFirst: true,
    width: 104,
    text: (row) => (row.startMs === undefined ? "" : exactTime(row.startMs)),
    plain: (row) => isoTime(row.startMs),
  },
  {
    key: "duration",
    label: "Duration",
    orderKey: "duration",
    isShownAtFirst: true,
    width: 88,
    text: (row) =>
      row.startMs === undefined || row.endMs === undefined
        ? ""
        : formatDuration(row.endMs - row.startMs),
    plain: (row) =>
      row.startMs === undefined || row.endMs === undefined
        ? ""
        : String((row.endMs - row.startMs) / 1000),
  },
  {
    key: "status",
    label: "Status",
    orderKey: "attributes.status",
    width: 96,
    text: (row) => row.status,
  },
  {
    key: "user_id",
    label: "User",
    orderKey: "attributes.user_id",
    field: { text: "user_id", place: "attributes", key: "user_id" },
    width: 96,
    text: (row) => row.user,
  },
  fromTag("source", "Source", "mlflow.source.name", 140),
  fromTag("version", "Commit", "mlflow.source.git.commit", 96),
  fromTag("description", "Description", "mlflow.note.content", 200),
  {
    key: "datasets",
    label: "Datasets",
    orderKey: undefined,
    width: 140,
    isLazy: true,
    text: (row) => row.datasets,
  },
  {
    key: "end_time",
    label: "Ended",
    orderKey: "attributes.end_time",
    width: 104,
    text: (row) => (row.endMs === undefined ? "" : exactTime(row.endMs)),
    plain: (row) => isoTime(row.endMs),
  },
  {
    key: "run_id",
    label: "Run id",
    orderKey: "attributes.run_id",
    width: 240,
    text: (row) => row.id,
  },
];

function isoTime(ms: number | undefined): string {
  return ms === undefined ? "" : new Date(ms).toISOString();
}

function fromTag(key: string, label: string, tag: string, width: number): AttributeSpec {
  const text = `tags.${quoteKey(tag)}`;
  return {
    key,
    label,
    orderKey: text,
    field: { text, place: "tags", key: tag },
    width,
    text: (row) => row.tags.get(tag) ?? "",
  };
}

/** Of each group so many columns are shown before anybody chooses. */
const MOST_AT_FIRST = 20;

/**
 * Every column that runs with these fields can fill, in the order of the groups.
 *
 * Summaries of metrics are columns where they were chosen, beside the metric's own.
 */
export function buildColumns(fields: readonly KnownField[], choice: Choice): Column[] {
  const summaries = summariesOf(choice);
  const sorted = fields.toSorted((a, b) => collator.compare(a.key, b.key));
  const of = (kind: KnownField["kind"]) => sorted.filter((field) => field.kind === kind);
  return [
    ...ATTRIBUTES.map(attributeColumn),
    ...limited(
      of("metric").flatMap((field) => [
        metricColumn(field),
        ...(summaries.get(field.key) ?? []).map((name) => summaryColumn(name, field)),
      ]),
    ),
    ...limited(of("param").map((field) => textColumn("params", field))),
    ...limited(of("tag").map((field) => textColumn("tags", field))),
  ];
}

const collator = new Intl.Collator("en", { numeric: true });

function limited(columns: Column[]): Column[] {
  let left = MOST_AT_FIRST;
  return columns.map((column) => {
    if (!column.isShownAtFirst) return column;
    left -= 1;
    return left >= 0 ? column : { ...column, isShownAtFirst: false };
  });
}

function attributeColumn(spec: AttributeSpec): Column {
  return {
    ...spec,
    id: `attributes.${spec.key}`,
    group: "attributes",
    field: spec.field,
    isShownAtFirst: spec.isShownAtFirst === true,
  };
}

function metricColumn({ key, count, type }: KnownField): Column {
  const text = `metrics.${quoteKey(key)}`;
  const number = (row: RunRow) => row.metrics.get(key);
  return {
    id: `metrics.${key}`,
    group: "metrics",
    key,
    label: key,
    field: { text, place: "metrics", key },
    orderKey: text,
    isShownAtFirst: !key.startsWith("system/") && !/\/rank:\d+$/.test(key),
    width: fitting(key, 104),
    count,
    type,
    number,
    text: (row) => numberText(number(row)),
  };
}

function summaryColumn(name: string, { key }: KnownField): Column {
  const id = summaryId(name, key);
  const text = `${name}(metrics.${quoteKey(key)})`;
  const number = (row: RunRow) => row.summaries.get(id);
  return {
    id,
    group: "metrics",
    key: id,
    label: `${name} ${key}`,
    field: { text, place: "summaries", key: id },
    orderKey: text,
    isShownAtFirst: false,
    width: fitting(`${name} ${key}`, 104),
    number,
    text: (row) => numberText(number(row)),
  };
}

function numberText(value: number | undefined): string {
  return value === undefined ? "" : String(value);
}

function textColumn(group: "params" | "tags", { key, count, type }: KnownField): Column {
  const text = `${group}.${quoteKey(key)}`;
  return {
    id: `${group}.${key}`,
    group,
    key,
    label: key,
    field: { text, place: group, key },
    orderKey: text,
    // MLflow's own tags are shown as attributes, or are of no interest in a table.
    isShownAtFirst: group === "params" || !key.startsWith("mlflow."),
    width: fitting(key, 72),
    count,
    type,
    text: (row) => row[group].get(key) ?? "",
  };
}

const CHARACTER = 7;

/** Wide enough for the header and, if given, for the values, within reason. */
function fitting(label: string, least: number): number {
  return Math.round(Math.min(220, Math.max(least, label.length * CHARACTER + 30)));
}

/**
 * Columns of texts as wide as their values ask for.
 *
 * Give it the first page alone, so that columns stand still as one scrolls.
 */
export function widened(columns: readonly Column[], rows: readonly RunRow[]): Column[] {
  return columns.map((column) => {
    if (column.group !== "params" && column.group !== "tags") return column;
    const longest = Math.max(0, ...rows.map((row) => column.text(row).length));
    return { ...column, width: fitting(column.label, Math.max(72, longest * CHARACTER + 18)) };
  });
}

/** The id of a column such as `min(metrics.loss)`. */
export function summaryId(name: string, key: string): string {
  return `${name}(metrics.${key})`;
}

/** The summaries that were chosen, by metric. */
function summariesOf(choice: Choice): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const id of choice.shown) {
    const { name, key } = readSummary(id) ?? {};
    if (name && key) found.set(key, [...(found.get(key) ?? []), name]);
  }
  return found;
}

export function readSummary(id: string): { name: string; key: string } | undefined {
  const match = /^(\w+)\(metrics\.(.+)\)$/s.exec(id);
  const name = SUMMARIES.find((each) => each === match?.[1]);
  return name && match?.[2] ? { name, key: match[2] } : undefined;
}

/** What the server is asked for to fill these columns, each field once. */
export function fieldsOf(columns: readonly Column[]): TableField[] {
  return columns.flatMap(({ field }) => field ?? []);
}

/** What the server calls a column, from its id alone: the column may not be known yet. */
export function fieldText(id: string): string {
  const summary = readSummary(id);
  if (summary) return `${summary.name}(metrics.${quoteKey(summary.key)})`;
  const dot = id.indexOf(".");
  // An address may say anything; what is no column of ours is for the server to refuse.
  if (dot < 0) return id;
  const [group, key] = [id.slice(0, dot), id.slice(dot + 1)];
  if (group !== "attributes") return `${group}.${quoteKey(key)}`;
  return ATTRIBUTES.find((spec) => spec.key === key)?.orderKey ?? id;
}
