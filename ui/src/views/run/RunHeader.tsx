import type { ReactNode } from "react";
import { Button } from "../../components/Button";
import { CopyButton } from "../../components/CopyButton";
import { RestoreIcon } from "../../components/icons/RestoreIcon";
import { TrashIcon } from "../../components/icons/TrashIcon";
import { Link } from "../../components/Link";
import { RunDot } from "../../components/RunDot";
import { StatusIcon } from "../../components/StatusIcon";
import { Time } from "../../components/Time";
import { exactTime, relativeTime } from "../../format/times";
import { paths } from "../../routing/paths";
import { deleteRun, restoreRun } from "../../store/runEdits";
import { useRun } from "../../store/useRun";
import type { Run } from "../../wire/types";
import { RunClock } from "./RunClock";
import { RunName } from "./RunName";
import { runFacts, shortSource } from "./runFacts";
import { WritersFact } from "./WritersFact";
import "./RunHeader.css";

export type RunHeaderProps = { run: Run };

/** Who the run is and how it stands: name, status, times, owner, origin. */
export function RunHeader({ run }: RunHeaderProps) {
  const { info } = run;
  const facts = runFacts(run);
  const isDeleted = info.lifecycle_stage === "deleted";
  return (
    <header className="RunHeader">
      <div className="RunHeader-top">
        <RunDot runId={info.run_id} />
        <RunName key={facts.name} runId={info.run_id} name={facts.name} isFixed={isDeleted} />
        <StatusIcon status={info.status} withLabel />
        {isDeleted && <span className="RunHeader-deleted">Deleted</span>}
        <span className="RunHeader-actions">
          {isDeleted ? (
            <Button onClick={() => void restoreRun(info.run_id)}>
              <RestoreIcon size={14} /> Restore run
            </Button>
          ) : (
            <Button
              kind="quiet"
              aria-label="Delete run"
              title="Delete run"
              isIcon
              onClick={() => void deleteRun(info.run_id)}
            >
              <TrashIcon size={14} />
            </Button>
          )}
        </span>
      </div>
      <dl className="RunHeader-facts">
        <Fact name="Started">
          <Time ms={facts.startMs} />
          {facts.startMs !== undefined && (
            <span className="RunHeader-exact"> · {exactStart(facts.startMs)}</span>
          )}
        </Fact>
        <Fact name="Duration">
          <RunClock
            startMs={facts.startMs}
            endMs={facts.endMs}
            isRunning={info.status === "RUNNING"}
          />
        </Fact>
        {facts.user && <Fact name="User">{facts.user}</Fact>}
        {facts.source && (
          <Fact name="Source">
            <code className="clip" title={facts.source}>
              {shortSource(facts.source)}
            </code>
            <CopyButton text={facts.source} label="Copy source" />
          </Fact>
        )}
        {facts.commit && (
          <Fact name="Commit">
            <Commit hash={facts.commit} url={facts.commitUrl} />
            <CopyButton text={facts.commit} label="Copy commit" />
          </Fact>
        )}
        {facts.parentId && (
          <Fact name="Parent">
            <ParentLink experimentId={info.experiment_id} runId={facts.parentId} />
          </Fact>
        )}
        <WritersFact run={run} />
        <Fact name="Run ID">
          <code title={info.run_id} data-testid="run-id">
            {info.run_id.slice(0, 8)}
          </code>
          <CopyButton text={info.run_id} label="Copy run ID" />
        </Fact>
      </dl>
    </header>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="RunHeader-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Commit({ hash, url }: { hash: string; url: string | undefined }) {
  const short = <code title={hash}>{hash.slice(0, 7)}</code>;
  if (!url) return short;
  return (
    <a className="TextLink" href={url} target="_blank" rel="noopener noreferrer">
      {short}
    </a>
  );
}

function ParentLink({ experimentId, runId }: { experimentId: string; runId: string }) {
  const { data } = useRun(runId);
  return (
    <Link
      className="TextLink clip"
      to={paths.run(data?.info.experiment_id ?? experimentId, runId)}
      data-testid="parent-run"
    >
      {data?.info.run_name ?? runId.slice(0, 8)}
    </Link>
  );
}

/** The second in which a run started; after an old one's date, which is shown already, no date. */
function exactStart(ms: number): string {
  const exact = exactTime(ms).slice(0, "2026-03-14 09:26:53".length);
  const [date = "", clock = ""] = exact.split(" ");
  return relativeTime(ms, Date.now()) === date ? clock : exact;
}
