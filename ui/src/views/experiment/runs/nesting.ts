import type { RunRow } from "../../../store/rows";

/** Where a run stands among its relatives. */
export type Kin = { depth: number; children: number; isFolded: boolean };

export type Nested = { rows: RunRow[]; kin: ReadonlyMap<string, Kin> };

const PARENT_TAG = "mlflow.parentRunId";

/**
 * Put children below their parent where both are loaded; children of folded ones are left out.
 *
 * Roots and siblings keep the order in which they came. A run whose parent is not loaded
 * stands where it came.
 */
export function nestRows(rows: readonly RunRow[], folded: ReadonlySet<string>): Nested {
  const children = childrenOf(rows);
  const nested: Nested & { kin: Map<string, Kin> } = { rows: [], kin: new Map() };
  if (children.size === 0) return { rows: [...rows], kin: nested.kin };
  const isChild = new Set([...children.values()].flat().map(({ id }) => id));
  for (const row of rows) if (!isChild.has(row.id)) place(row, 0, children, folded, nested);
  return nested;
}

/** Loaded children by their loaded parent; a circle of parents is cut where it would close. */
function childrenOf(rows: readonly RunRow[]): Map<string, RunRow[]> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const children = new Map<string, RunRow[]>();
  for (const row of rows) {
    const parent = parentOf(row);
    if (!parent || !byId.has(parent) || isCircle(row, byId)) continue;
    const known = children.get(parent);
    if (known) known.push(row);
    else children.set(parent, [row]);
  }
  return children;
}

function place(
  row: RunRow,
  depth: number,
  children: ReadonlyMap<string, RunRow[]>,
  folded: ReadonlySet<string>,
  nested: { rows: RunRow[]; kin: Map<string, Kin> },
): void {
  const own = children.get(row.id) ?? [];
  const isFolded = folded.has(row.id);
  nested.rows.push(row);
  if (own.length > 0 || depth > 0) {
    nested.kin.set(row.id, { depth, children: own.length, isFolded });
  }
  if (isFolded) return;
  for (const child of own) place(child, depth + 1, children, folded, nested);
}

function isCircle(row: RunRow, byId: ReadonlyMap<string, RunRow>): boolean {
  const seen = new Set([row.id]);
  for (let at = parentOf(row); at !== undefined; at = parentOf(byId.get(at))) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

function parentOf(row: RunRow | undefined): string | undefined {
  return row?.tags.get(PARENT_TAG) || undefined;
}
