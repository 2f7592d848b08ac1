import { useMemo } from "react";
import type { RichViewProps } from "../richView";
import { parseLoggedTable } from "../tables/delimited";
import { TablePreview } from "../tables/TablePreview";
import { Unreadable } from "../Unreadable";
import { parseJson } from "./parseValues";
import { ValueTree } from "./ValueTree";

/** A JSON file as a tree; as a table where `log_table` kept one. */
export function JsonView({ text }: RichViewProps) {
  const table = useMemo(() => parseLoggedTable(text), [text]);
  const parsed = useMemo(() => (table ? undefined : parseJson(text)), [table, text]);
  if (table) return <TablePreview table={table} />;
  if (!parsed || "problem" in parsed) {
    return <Unreadable reason={parsed?.problem ?? ""} text={text} />;
  }
  return <ValueTree value={parsed.value} />;
}
