import type { ChartSpec } from "../../../charts/chartSpec";
import type { KeptChart } from "../../../store/chartsTag";
import type { FieldChoices } from "./fieldChoices";

/** A chart while it is being made: what each kind needs, kept when the kind is changed. */
export type ChartDraft = {
  id: string;
  title: string;
  kind: ChartSpec["kind"];
  metrics: readonly string[];
  /** `params.alpha` or `metrics.rmse`. */
  x: string;
  y: string;
  isLogX: boolean;
  isLogY: boolean;
};

/** A draft of a new chart, or of one that is there. */
export function draftOf(chart: KeptChart | undefined, choices: FieldChoices): ChartDraft {
  const first = choices.metrics[0] ?? "";
  const [param] = choices.params;
  const other = choices.metrics[1] ?? first;
  const draft: ChartDraft = {
    id: chart?.id ?? crypto.getRandomValues(new Uint32Array(1)).join("").padStart(8, "0"),
    title: chart?.title ?? "",
    kind: chart?.spec.kind ?? "line",
    metrics: [],
    x: param === undefined ? `metrics.${other}` : `params.${param}`,
    y: first,
    isLogX: false,
    isLogY: false,
  };
  if (!chart) return draft;
  const { spec } = chart;
  if (spec.kind === "line") return { ...draft, metrics: spec.metrics };
  if (spec.kind === "bar") return { ...draft, y: spec.metric };
  return { ...draft, ...spec, x: `${spec.x.group}.${spec.x.key}` };
}

/** The chart that a draft describes; undefined while something is missing. */
export function chartFrom(draft: ChartDraft): KeptChart | undefined {
  const spec = specFrom(draft);
  return spec && { id: draft.id, title: draft.title.trim(), spec };
}

function specFrom({ kind, metrics, x, y, isLogX, isLogY }: ChartDraft): ChartSpec | undefined {
  if (kind === "line") return metrics.length > 0 ? { kind, metrics } : undefined;
  if (y === "") return undefined;
  if (kind === "bar") return { kind, metric: y };
  const dot = x.indexOf(".");
  const group = x.slice(0, dot) === "params" ? "params" : "metrics";
  const key = x.slice(dot + 1);
  return key === "" ? undefined : { kind, x: { group, key }, y, isLogX, isLogY };
}
