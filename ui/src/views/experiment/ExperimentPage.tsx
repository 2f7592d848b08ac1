import { ErrorBox } from "../../components/ErrorBox";
import { Link } from "../../components/Link";
import { Tabs } from "../../components/Tabs";
import { paths } from "../../routing/paths";
import { useExperiment } from "../../store/useExperiment";
import { ExperimentHeader } from "./ExperimentHeader";
import { NotesTab } from "./notes/NotesTab";
import { RunsTab } from "./runs/RunsTab";
import "./ExperimentPage.css";

export type ExperimentPageProps = { experimentId: string; tab: string | undefined };

/** One experiment: its runs as a table, and its notes. */
export function ExperimentPage({ experimentId, tab }: ExperimentPageProps) {
  const { data: experiment, error, refetch } = useExperiment(experimentId);
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
  return (
    <div className="ExperimentPage">
      <title>{`${experiment?.name ?? "Experiment"} · Epochal`}</title>
      <ExperimentHeader experiment={experiment} />
      <Tabs
        label="Experiment"
        active={tab === "notes" ? "notes" : "runs"}
        tabs={[
          { id: "runs", label: "Table", to: paths.experiment(experimentId) },
          { id: "notes", label: "Notes", to: paths.experiment(experimentId, "notes") },
        ]}
      />
      {tab === "notes" ? (
        <NotesTab experiment={experiment} />
      ) : (
        <RunsTab experimentId={experimentId} experimentName={experiment?.name} />
      )}
    </div>
  );
}
