import type { RunRow } from "../../../store/rows";
import type { Column } from "./columns";

/** The rows and columns on the screen as CSV (RFC 4180), with full values and the run ids. */
export function toCsv(rows: readonly RunRow[], columns: readonly Column[]): string {
  const others = columns.filter(({ id, isLazy }) => id !== "attributes.run_id" && !isLazy);
  const head = ["Run id", "Name", ...others.map(headerOf)];
  const lines = rows.map((row) => [
    row.id,
    row.name,
    ...others.map((column) => (column.plain ?? column.text)(row)),
  ]);
  return [head, ...lines].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

function headerOf({ group, id, key, label }: Column): string {
  if (key === "duration") return "Duration (s)";
  return group === "attributes" ? label : id;
}

function cell(text: string): string {
  const safe = isFormula(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A spreadsheet would run a text such as `=HYPERLINK(…)`; a leading quote keeps it a text. */
function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) && text !== "-Infinity";
}
