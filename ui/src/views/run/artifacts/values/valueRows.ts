/** One line of a tree of values. */
export type ValueRow = {
  /** Where it is, such as `$.layers[2].size`; unique. */
  path: string;
  depth: number;
  /** The key or the place in the list; empty at the top. */
  name: string;
  value: unknown;
  /** How many values it holds; undefined for a single one. */
  count: number | undefined;
  isList: boolean;
  isOpen: boolean;
};

/** Lists and objects beyond this many entries start closed. */
const LONG = 50;
const OPEN_DEPTH = 2;

/** Which lines of a tree are not as they were at first. */
export type Flipped = ReadonlySet<string>;

/**
 * The lines of a value, those inside closed ones left out.
 *
 * At first the outermost levels are open; `flipped` holds the paths where one changed that.
 */
export function valueRows(
  value: unknown,
  flipped: Flipped,
  openDepth: number = OPEN_DEPTH,
): ValueRow[] {
  const rows: ValueRow[] = [];
  const visit = (path: string, name: string, each: unknown, depth: number) => {
    const entries = entriesOf(each);
    const count = entries?.length;
    const isFirstOpen = depth < openDepth && (count ?? 0) <= (depth === 0 ? 10_000 : LONG);
    const isOpen = count !== undefined && count > 0 && isFirstOpen !== flipped.has(path);
    rows.push({ path, depth, name, value: each, count, isList: Array.isArray(each), isOpen });
    if (!isOpen || !entries) return;
    for (const [key, child] of entries) {
      visit(childPath(path, key, Array.isArray(each)), key, child, depth + 1);
    }
  };
  visit("$", "", value, 0);
  return rows;
}

function entriesOf(value: unknown): [string, unknown][] | undefined {
  if (typeof value !== "object" || value === null || value instanceof Date) return undefined;
  return Object.entries(value);
}

function childPath(path: string, key: string, isList: boolean): string {
  if (isList) return `${path}[${key}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

/** What kind of value a line holds, for its colour. */
export function valueKind(value: unknown): "text" | "number" | "word" {
  if (typeof value === "string" || value instanceof Date) return "text";
  return typeof value === "number" || typeof value === "bigint" ? "number" : "word";
}

/** A single value as it is written; texts in quotes. */
export function valueText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? "undefined");
}
