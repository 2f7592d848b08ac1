import { useMemo } from "react";
import { extensionOf } from "../fileKind";
import type { RichViewProps } from "../richView";
import { parseDelimited } from "./delimited";
import { TablePreview } from "./TablePreview";

/** A CSV or TSV file as a table. */
export function DelimitedView({ path, text }: RichViewProps) {
  const table = useMemo(() => parseDelimited(text, extensionOf(path)), [path, text]);
  return <TablePreview table={table} />;
}
