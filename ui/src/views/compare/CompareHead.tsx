import type { Lit } from "../../charts/lit";
import { useIsLit } from "../../charts/useIsLit";
import { Button } from "../../components/Button";
import { CloseIcon } from "../../components/icons/CloseIcon";
import { Link } from "../../components/Link";
import { RunDot } from "../../components/RunDot";
import { StatusIcon } from "../../components/StatusIcon";
import { Time } from "../../components/Time";
import { paths } from "../../routing/paths";
import type { RunRow } from "../../store/rows";

export type CompareHeadProps = {
  runs: readonly RunRow[];
  lit: Lit;
  onRemove: ((runId: string) => void) | undefined;
};

/** The names of the compared runs; each leads to its run and can be taken out. */
export function CompareHead({ runs, lit, onRemove }: CompareHeadProps) {
  return (
    <div className="CompareHead" role="row" aria-rowindex={1}>
      <span className="CompareTable-key" role="columnheader">
        <span className="visually-hidden">Value</span>
      </span>
      {runs.map((run) => (
        <RunHead key={run.id} run={run} lit={lit} onRemove={onRemove} />
      ))}
    </div>
  );
}

type RunHeadProps = Omit<CompareHeadProps, "runs"> & { run: RunRow };

function RunHead({ run, lit, onRemove }: RunHeadProps) {
  const isLit = useIsLit(lit, run.id);
  return (
    <div
      className={isLit ? "CompareHead-run is-lit" : "CompareHead-run"}
      role="columnheader"
      data-testid="compare-run"
      onPointerEnter={() => lit.set(run.id)}
      onPointerLeave={() => lit.set(undefined)}
    >
      <RunDot runId={run.id} />
      <div className="CompareHead-text">
        <Link className="clip" to={paths.run(run.experimentId, run.id)} title={run.name}>
          {run.name}
        </Link>
        <span className="CompareHead-facts">
          <StatusIcon status={run.status} /> <Time ms={run.startMs} />
        </span>
      </div>
      {onRemove && (
        <Button
          kind="quiet"
          isIcon
          aria-label={`Take ${run.name} out`}
          title="Take this run out"
          onClick={() => onRemove(run.id)}
        >
          <CloseIcon size={14} />
        </Button>
      )}
    </div>
  );
}
