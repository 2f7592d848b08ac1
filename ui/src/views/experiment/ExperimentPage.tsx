export type ExperimentPageProps = { experimentId: string; tab: string | undefined };

/** One experiment: its runs as a table, and its notes. */
export function ExperimentPage({ experimentId }: ExperimentPageProps) {
  return <h1>Experiment {experimentId}</h1>;
}
