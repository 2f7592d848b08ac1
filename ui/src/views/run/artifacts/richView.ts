import { type ComponentType, lazy } from "react";
import type { FileKind } from "./fileKind";

export type RichViewProps = { runId: string; path: string; text: string };
type RichView = ComponentType<RichViewProps>;

const TableView = lazy(async () => ({
  default: (await import("./tables/DelimitedView")).DelimitedView,
}));
const JsonView = lazy(async () => ({ default: (await import("./values/JsonView")).JsonView }));
const YamlView = lazy(async () => ({ default: (await import("./values/YamlView")).YamlView }));
const LinesView = lazy(async () => ({ default: (await import("./values/LinesView")).LinesView }));
const MapView = lazy(async () => ({ default: (await import("./map/MapView")).MapView }));
const NotebookView = lazy(async () => ({
  default: (await import("./notebook/NotebookView")).NotebookView,
}));
const ModelView = lazy(async () => ({ default: (await import("./model/ModelView")).ModelView }));
const DocumentView = lazy(async () => ({
  default: (await import("./DocumentView")).DocumentView,
}));
const PageView = lazy(async () => ({ default: (await import("./PageView")).PageView }));

/** What can be shown from its beginning on. */
const PARTLY: Partial<Record<FileKind, RichView>> = {
  table: TableView,
  markdown: DocumentView,
  lines: LinesView,
};
/** What means something only as a whole. */
const WHOLE: Partial<Record<FileKind, RichView>> = {
  html: PageView,
  json: JsonView,
  yaml: YamlView,
  map: MapView,
  notebook: NotebookView,
  model: ModelView,
};

/** How a text of a kind is shown better than as text; undefined where it is not. */
export function richView(kind: FileKind, isWhole: boolean): RichView | undefined {
  return PARTLY[kind] ?? (isWhole ? WHOLE[kind] : undefined);
}
