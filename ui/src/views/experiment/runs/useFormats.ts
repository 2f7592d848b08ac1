import { useMemo } from "react";
import { columnFormat, type NumberFormat } from "../../../format/numbers";
import type { RunRow } from "../../../store/rows";
import type { Column } from "./columns";

/** How the cells of one column are written. */
export type CellFormat = { isNumeric: boolean; number: NumberFormat };

/** Formats by column, worked out from all loaded runs when a column is first drawn. */
export function useFormats(
  rows: readonly RunRow[],
  groups?: (column: Column) => readonly number[],
): (column: Column) => CellFormat {
  return useMemo(() => {
    const formats = new Map<string, CellFormat>();
    return (column) => {
      const found = formats.get(column.id) ?? formatOf(column, rows, groups?.(column) ?? []);
      formats.set(column.id, found);
      return found;
    };
  }, [rows, groups]);
}

function formatOf(column: Column, rows: readonly RunRow[], groups: readonly number[]): CellFormat {
  const { number } = column;
  if (number) {
    const values = rows.flatMap((row) => number(row) ?? []);
    values.push(...groups);
    return { isNumeric: true, number: columnFormat(values) };
  }
  return {
    isNumeric: column.group !== "attributes" && holdsNumbers(column, rows),
    number: String,
  };
}

/** Params are texts, but a column of numbers reads better right-aligned. */
function holdsNumbers(column: Column, rows: readonly RunRow[]): boolean {
  let count = 0;
  for (const row of rows) {
    const text = column.text(row);
    if (text === "" || text === "None" || text === "nan") continue;
    if (text.trim() === "" || Number.isNaN(Number(text))) return false;
    count += 1;
  }
  return count > 0;
}
