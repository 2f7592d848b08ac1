import { lazy, Suspense } from "react";
import { EmptyState } from "../../components/EmptyState";
import { ErrorBoundary } from "../../components/ErrorBoundary";
import { ErrorBox } from "../../components/ErrorBox";
import { Link } from "../../components/Link";
import { type Tab, Tabs } from "../../components/Tabs";
import { paths } from "../../routing/paths";
import { useRun } from "../../store/useRun";
import { toApiError } from "../../wire/errors";
import type { Run } from "../../wire/types";
import { rankSets } from "../charts/ranks";
import { OverviewTab } from "./overview/OverviewTab";
import { RunHeader } from "./RunHeader";
import { RunSkeleton } from "./RunSkeleton";
import "./RunPage.css";

const ChartsTab = lazy(async () => ({
  default: (await import("./charts/ChartsTab")).ChartsTab,
}));
const ArtifactsTab = lazy(async () => ({
  default: (await import("./artifacts/ArtifactsTab")).ArtifactsTab,
}));

export type RunPageProps = { experimentId: string; runId: string; tab: string | undefined };

/** One run: what went in, what came out, and how it went. */
export function RunPage({ experimentId, runId, tab }: RunPageProps) {
  const { data: run, error, refetch } = useRun(runId);
  if (error && !run) {
    return (
      <ErrorBox
        title={toApiError(error).isNotFound ? "There is no such run." : "The run did not load."}
        error={error}
        onRetry={() => void refetch()}
      >
        <Link className="TextLink" to={paths.experiment(experimentId)}>
          All runs of this experiment
        </Link>
      </ErrorBox>
    );
  }
  if (!run) return <RunSkeleton />;
  const { name, rest } = splitTab(tab);
  return (
    <article className="RunPage" aria-label={`Run ${run.info.run_name ?? runId}`}>
      <RunHeader run={run} />
      <Tabs label="Parts of the run" tabs={tabsOf(run)} active={name} />
      <ErrorBoundary key={name}>
        <Suspense fallback={<RunSkeleton isBodyOnly />}>
          {name === "overview" && <OverviewTab run={run} />}
          {name === "charts" && <ChartsTab run={run} />}
          {name === "artifacts" && <ArtifactsTab run={run} path={rest} />}
          {name === "missing" && (
            <EmptyState title="A run has no such part">
              <Link className="TextLink" to={paths.run(run.info.experiment_id, runId)}>
                Go to its overview
              </Link>
            </EmptyState>
          )}
        </Suspense>
      </ErrorBoundary>
    </article>
  );
}

function tabsOf({ info, data }: Run): Tab[] {
  const to = (tab?: string) => paths.run(info.experiment_id, info.run_id, tab);
  return [
    { id: "overview", label: "Overview", to: to() },
    {
      id: "charts",
      label: "Charts",
      to: to("charts"),
      count: rankSets((data?.metrics ?? []).map(({ key }) => key)).length,
    },
    { id: "artifacts", label: "Artifacts", to: to("artifacts") },
  ];
}

/** Our names of the tabs, and the names that links made for MLflow's pages carry. */
const TAB_NAMES: Record<string, "overview" | "charts" | "artifacts"> = {
  "": "overview",
  overview: "overview",
  charts: "charts",
  "model-metrics": "charts",
  "system-metrics": "charts",
  artifacts: "artifacts",
};

function splitTab(tab: string | undefined) {
  const [first = "", ...rest] = (tab ?? "").split("/");
  return { name: TAB_NAMES[first] ?? ("missing" as const), rest: rest.join("/") };
}
