import { Button } from "../../components/Button";
import { Panel } from "../../components/Panel";
import { formatCount } from "../../format/numbers";
import { useNow } from "../../store/useNow";
import { useWriters } from "../../store/useWriters";
import type { Run } from "../../wire/types";
import {
  STANDING_HINTS,
  type Standing,
  seenText,
  standingOf,
  writerName,
  writersLine,
  writersName,
} from "./writerFacts";
import "./WritersFact.css";

export type WritersFactProps = { run: Run };

/** Who logs into the run and how their delivery goes; nothing where nobody said. */
export function WritersFact({ run }: WritersFactProps) {
  const isRunning = run.info.status === "RUNNING";
  const { data: writers } = useWriters(run.info.run_id, isRunning);
  const now = useNow();
  if (!writers || writers.length === 0) return null;
  const standings = writers.map((writer) => standingOf(writer, isRunning, now));
  const isWell = standings.every((standing) => standing === "ok");
  return (
    <div className="RunHeader-fact" data-testid="writers">
      <dt>Logged by</dt>
      <dd className="WritersFact-value">
        <Panel
          label="Who logs into this run"
          trigger={
            <Button kind="quiet" className="WritersFact">
              <span>{writersName(writers)}</span>
              <span
                className={isWell ? "Standing is-ok" : "Standing is-wanting"}
                title={writersLine(writers, standings)}
              >
                {writersLine(writers, standings)}
              </span>
            </Button>
          }
        >
          <table className="WritersFact-table">
            <thead>
              <tr>
                <th scope="col">Writer</th>
                <th scope="col">State</th>
                <th scope="col" className="num">
                  Waiting
                </th>
                <th scope="col">Heard of</th>
              </tr>
            </thead>
            <tbody>
              {writers.map((writer, index) => {
                const standing = standings[index] ?? writer.state;
                return (
                  <tr key={writer.writer}>
                    <th scope="row" title={`${writer.host}:${writer.pid}`}>
                      {writerName(writer)}
                    </th>
                    <td title={STANDING_HINTS[standing]}>
                      <StandingWord standing={standing} />
                    </td>
                    <td className="num">{formatCount(writer.waiting)}</td>
                    <td className="muted">{seenText(writer, now)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Panel>
      </dd>
    </div>
  );
}

function StandingWord({ standing }: { standing: Standing }) {
  const isWell = standing === "ok";
  return <span className={isWell ? "Standing is-ok" : "Standing is-wanting"}>{standing}</span>;
}
