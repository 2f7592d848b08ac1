import { Duration } from "../../../components/Duration";
import { ErrorBox } from "../../../components/ErrorBox";
import { Link } from "../../../components/Link";
import { RunDot } from "../../../components/RunDot";
import { StatusIcon } from "../../../components/StatusIcon";
import { Time } from "../../../components/Time";
import { paths } from "../../../routing/paths";
import { useChildRuns } from "../../../store/useChildRuns";
import { readTime } from "../../../wire/numbers";
import type { Run } from "../../../wire/types";
import { Section } from "../Section";

export type ChildrenSectionProps = { run: Run };

/** The runs started inside this one; without any, nothing is shown. */
export function ChildrenSection({ run }: ChildrenSectionProps) {
  const { experiment_id, run_id, status } = run.info;
  const { data, error, refetch } = useChildRuns(experiment_id, run_id, {
    isLive: status === "RUNNING",
  });
  if (error && !data) {
    return (
      <ErrorBox
        title="The child runs did not load."
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  const children = data?.runs ?? [];
  if (children.length === 0) return null;
  const hasMore = data?.next_page_token !== undefined;
  return (
    <Section title="Child runs" count={hasMore ? `first ${children.length}` : children.length}>
      <div className="Overview-scroll">
        <table className="Overview-table" data-testid="children-table">
          <tbody>
            {children.map(({ info }) => (
              <tr key={info.run_id}>
                <th scope="row" className="clip">
                  <RunDot runId={info.run_id} />{" "}
                  <Link to={paths.run(info.experiment_id, info.run_id)}>
                    {info.run_name || info.run_id}
                  </Link>
                </th>
                <td width="90">
                  <StatusIcon status={info.status} withLabel />
                </td>
                <td width="90" className="muted">
                  <Time ms={readTime(info.start_time)} />
                </td>
                <td width="80" className="num muted">
                  <Duration startMs={readTime(info.start_time)} endMs={readTime(info.end_time)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
