import { formatCount } from "../../../../format/numbers";
import { MOST_COLUMNS } from "./columnsOf";

/** `12 rows, 3 columns`, and how many columns are left out. */
export function tableSize(rows: number, columns: number): string {
  const left = columns - MOST_COLUMNS;
  const size = `${formatCount(rows)} ${rows === 1 ? "row" : "rows"}, ${formatCount(columns)} ${
    columns === 1 ? "column" : "columns"
  }`;
  return left > 0 ? `${size}; the last ${formatCount(left)} columns are not shown` : size;
}
