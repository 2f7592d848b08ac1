import { lazy, Suspense, useCallback, useMemo } from "react";
import { ErrorBox } from "../../components/ErrorBox";
import { Link } from "../../components/Link";
import { PageSkeleton } from "../../components/PageSkeleton";
import { Tabs } from "../../components/Tabs";
import { paths } from "../../routing/paths";
import { useLocation } from "../../routing/useLocation";
import { chartsOf } from "../../store/keptCharts";
import { useExperiment } from "../../store/useExperiment";
import type { KnownField } from "../../wire/fields";
import type { Experiment } from "../../wire/types";
import { chartFields } from "./charts/chartFields";
import { ExperimentHeader } from "./ExperimentHeader";
import { NotesTab } from "./notes/NotesTab";
import { RunsTab } from "./runs/RunsTab";
import { STATE_KEYS } from "./runs/useRunsState";
import { useFoundRuns } from "./useFoundRuns";
import { type Picked, usePicked } from "./usePicked";
import "./ExperimentPage.css";

const ChartsTab = lazy(async () => ({
  default: (await import("./charts/ChartsTab")).ChartsTab,
}));

export type ExperimentPageProps = { experimentId: string; tab: string | undefined };

/** One experiment: its runs as a table and as charts, and its notes. */
export function ExperimentPage({ experimentId, tab }: ExperimentPageProps) {
  const { data: experiment, error, refetch } = useExperiment(experimentId);
  const { query } = useLocation();
  if (error && !experiment) {
    return (
      <ErrorBox
        title={`Experiment ${experimentId} could not be loaded.`}
        error={error}
        onRetry={() => void refetch()}
      >
        <Link className="Button" to={paths.experiments()}>
          See all experiments
        </Link>
      </ErrorBox>
    );
  }
  // The question that the table asks goes along to the other tabs and back.
  const asked = Object.fromEntries(
    [...STATE_KEYS, "view"].map((key) => [key, query.get(key) ?? undefined]),
  );
  const to = (id?: string) => paths.experiment(experimentId, id, asked);
  return (
    <div className="ExperimentPage">
      <title>{`${experiment?.name ?? "Experiment"} · Epochal`}</title>
      <ExperimentHeader experiment={experiment} />
      <Tabs
        label="Experiment"
        active={tab ?? "runs"}
        tabs={[
          { id: "runs", label: "Table", to: to() },
          { id: "charts", label: "Charts", to: to("charts") },
          { id: "notes", label: "Notes", to: to("notes") },
        ]}
      />
      <Body experimentId={experimentId} experiment={experiment} tab={tab ?? "runs"} />
    </div>
  );
}

type BodyProps = { experimentId: string; experiment: Experiment | undefined; tab: string };

/** The tab in sight; what was picked outlives going to another one. */
function Body(props: BodyProps) {
  const picked = usePicked();
  if (props.tab === "notes") return <NotesTab experiment={props.experiment} />;
  return <Runs {...props} picked={picked} />;
}

/** The same runs, as a table or as charts. */
function Runs({ experimentId, experiment, tab, picked }: BodyProps & { picked: Picked }) {
  const isCharts = tab === "charts";
  const kept = useMemo(() => (experiment ? chartsOf(experiment).charts : []), [experiment]);
  const wanted = useCallback((fields: readonly KnownField[]) => chartFields(fields, kept), [kept]);
  const found = useFoundRuns(experimentId, isCharts ? wanted : undefined);
  const shared = { experimentId, found, picked };
  if (!isCharts) return <RunsTab {...shared} experimentName={experiment?.name} />;
  return (
    <Suspense fallback={<PageSkeleton />}>
      <ChartsTab {...shared} experiment={experiment} />
    </Suspense>
  );
}
