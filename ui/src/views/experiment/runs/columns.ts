import { exactTime, formatDuration } from "../../../format/times";
import type { RunRow } from "../../../store/rows";
import { keysOf } from "../../../store/rows";
import { quoteKey } from "../query/filter";

export type ColumnGroup = "attributes" | "metrics" | "params" | "tags";

/** One column of the runs table, the frozen name aside. */
export type Column = {
  /** Unique and stable, such as `metrics.val/rmse`; it stands in addresses. */
  id: string;
  group: ColumnGroup;
  key: string;
  label: string;
  /** How the server orders by it; undefined where it cannot. */
  orderKey: string | undefined;
  isShownAtFirst: boolean;
  width: number;
  /** The full value as text, "" where the run has none. */
  text: (row: RunRow) => string;
  /** The value for a machine to read, where that is another text. */
  plain?: (row: RunRow) => string;
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

type AttributeSpec = Omit<Column, "id" | "group" | "isShownAtFirst"> & { isShownAtFirst?: true };

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
    orderKey: undefined,
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
  return {
    key,
    label,
    orderKey: `tags.${quoteKey(tag)}`,
    width,
    text: (row) => row.tags.get(tag) ?? "",
  };
}

/** Every column that these rows can fill, in the order of the groups. */
export function buildColumns(rows: readonly RunRow[]): Column[] {
  return [
    ...ATTRIBUTES.map(attributeColumn),
    ...keysOf(rows, "metrics").map(metricColumn),
    ...keysOf(rows, "params").map((key) => textColumn("params", key, rows)),
    ...keysOf(rows, "tags").map((key) => textColumn("tags", key, rows)),
  ];
}

function attributeColumn(spec: AttributeSpec): Column {
  return {
    ...spec,
    id: `attributes.${spec.key}`,
    group: "attributes",
    isShownAtFirst: spec.isShownAtFirst === true,
  };
}

function metricColumn(key: string): Column {
  return {
    id: `metrics.${key}`,
    group: "metrics",
    key,
    label: key,
    orderKey: `metrics.${quoteKey(key)}`,
    isShownAtFirst: !key.startsWith("system/"),
    width: fitting(key, 104),
    text: (row) => {
      const value = row.metrics.get(key);
      return value === undefined ? "" : String(value);
    },
  };
}

function textColumn(group: "params" | "tags", key: string, rows: readonly RunRow[]): Column {
  const lengths = rows.slice(0, MEASURED).map((row) => row[group].get(key)?.length ?? 0);
  return {
    id: `${group}.${key}`,
    group,
    key,
    label: key,
    orderKey: `${group}.${quoteKey(key)}`,
    // MLflow's own tags are shown as attributes, or are of no interest in a table.
    isShownAtFirst: group === "params" || !key.startsWith("mlflow."),
    width: fitting(key, Math.max(72, Math.max(0, ...lengths) * CHARACTER + 18)),
    text: (row) => row[group].get(key) ?? "",
  };
}

/** Widths come from the first page alone, so that columns stand still as one scrolls. */
const MEASURED = 100;
const CHARACTER = 7;

/** Wide enough for the header and, if given, for the values, within reason. */
function fitting(label: string, least: number): number {
  return Math.round(Math.min(220, Math.max(least, label.length * CHARACTER + 30)));
}

/** Which columns are shown: what differs from the first sight, so that an address stays short. */
export type Choice = { shown: ReadonlySet<string>; hidden: ReadonlySet<string> };

export const FIRST_CHOICE: Choice = { shown: new Set(), hidden: new Set() };

/** A column's own mark wins over its group's (`metrics.*`), which wins over the first sight. */
export function isShown(column: Column, choice: Choice): boolean {
  if (choice.shown.has(column.id)) return true;
  if (choice.hidden.has(column.id)) return false;
  if (choice.shown.has(`${column.group}.*`)) return true;
  if (choice.hidden.has(`${column.group}.*`)) return false;
  return column.isShownAtFirst;
}

/** Show or hide one column. */
export function chooseColumn(choice: Choice, column: Column, show: boolean): Choice {
  const shown = new Set(choice.shown);
  const hidden = new Set(choice.hidden);
  shown.delete(column.id);
  hidden.delete(column.id);
  if (isShown(column, { shown, hidden }) !== show) (show ? shown : hidden).add(column.id);
  return { shown, hidden };
}

/** Show or hide a whole group, forgetting what was said about its columns one by one. */
export function chooseGroup(choice: Choice, group: ColumnGroup, show: boolean): Choice {
  const others = (ids: ReadonlySet<string>) =>
    [...ids].filter((id) => !id.startsWith(`${group}.`));
  const shown = new Set(others(choice.shown));
  const hidden = new Set(others(choice.hidden));
  (show ? shown : hidden).add(`${group}.*`);
  return { shown, hidden };
}

/** A choice as text for the address: `+params.alpha,-metrics.*`; "" for the first sight. */
export function formatChoice({ shown, hidden }: Choice): string {
  const escaped = (id: string) => id.replaceAll("%", "%25").replaceAll(",", "%2C");
  return [
    ...[...shown].map((id) => `+${escaped(id)}`),
    ...[...hidden].map((id) => `-${escaped(id)}`),
  ].join(",");
}

/** Read what `formatChoice` wrote; what it did not write is left out. */
export function parseChoice(text: string): Choice {
  const marks = text.split(",").filter((mark) => mark.length > 1);
  const pick = (sign: string) =>
    new Set(
      marks
        .filter((mark) => mark.startsWith(sign))
        .map((mark) => mark.slice(1).replaceAll("%2C", ",").replaceAll("%25", "%")),
    );
  return { shown: pick("+"), hidden: pick("-") };
}

/** By which column the server orders, and which way. */
export type Sort = { id: string; isDescending: boolean };

/** `metrics.rmse:desc` in the address. */
export function formatSort(sort: Sort | undefined): string {
  return sort ? `${sort.id}:${sort.isDescending ? "desc" : "asc"}` : "";
}

export function parseSort(text: string | null): Sort | undefined {
  const match = /^(.+):(asc|desc)$/s.exec(text ?? "");
  return match?.[1] ? { id: match[1], isDescending: match[2] === "desc" } : undefined;
}

/** Ascending, descending, none: what the next click on a header asks for. */
export function nextSort(sort: Sort | undefined, id: string): Sort | undefined {
  if (sort?.id !== id) return { id, isDescending: false };
  return sort.isDescending ? undefined : { id, isDescending: true };
}

/** The sort as the server's `order_by`; empty where it orders by itself. */
export function orderBy(sort: Sort | undefined): string[] {
  if (!sort) return [];
  const dot = sort.id.indexOf(".");
  // An address may say anything; what is no column of ours is for the server to refuse.
  const [group, key] =
    dot < 0 ? ["attributes", sort.id] : [sort.id.slice(0, dot), sort.id.slice(dot + 1)];
  const attribute = ATTRIBUTES.find((spec) => spec.key === key)?.orderKey ?? sort.id;
  const field = group === "attributes" ? attribute : `${group}.${quoteKey(key)}`;
  return [`${field} ${sort.isDescending ? "DESC" : "ASC"}`];
}
