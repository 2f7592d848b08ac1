import { useMemo } from "react";
import { EmptyState } from "../../components/EmptyState";
import { ErrorBox } from "../../components/ErrorBox";
import { Link } from "../../components/Link";
import { PageSkeleton } from "../../components/PageSkeleton";
import { paths } from "../../routing/paths";
import { useLocation } from "../../routing/useLocation";
import { rowOf } from "../../store/rows";
import { useRunsById } from "../../store/useRunsById";
import { Comparison } from "./Comparison";
import { MOST_RUNS, readRunIds } from "./compareQuery";
import "./ComparePage.css";

/** Some runs side by side: what went in, what came out, and where they differ. */
export function ComparePage() {
  const { query } = useLocation();
  const text = query.get("runs");
  const ids = useMemo(() => readRunIds(text), [text]);
  const asked = ids.slice(0, MOST_RUNS);
  const { runs, isPending, missing, error, refetch } = useRunsById(asked);
  const rows = useMemo(() => runs.map(rowOf), [runs]);
  if (ids.length === 0) {
    return (
      <EmptyState title="No runs to compare">
        <p>Check two or more runs in a table of runs, then press “Compare”.</p>
        <Link className="TextLink" to={paths.experiments()}>
          See all experiments
        </Link>
      </EmptyState>
    );
  }
  if (error && rows.length === 0) {
    return <ErrorBox title="The runs could not be loaded." error={error} onRetry={refetch} />;
  }
  if (isPending && rows.length < asked.length - missing) return <PageSkeleton />;
  if (rows.length === 0) {
    return (
      <EmptyState title="None of these runs is here">
        <p>They were purged, or the address was made for another server.</p>
        <Link className="TextLink" to={paths.experiments()}>
          See all experiments
        </Link>
      </EmptyState>
    );
  }
  const notes = [
    missing > 0 && `${missing} of ${asked.length} runs ${missing === 1 ? "is" : "are"} not here`,
    ids.length > asked.length &&
      `${ids.length} runs were asked for; the first ${MOST_RUNS} are shown`,
    error && "some runs did not load",
  ].filter((note) => typeof note === "string");
  return <Comparison runs={rows} notes={notes} />;
}
