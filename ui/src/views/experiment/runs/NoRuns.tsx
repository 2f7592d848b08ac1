import { Button } from "../../../components/Button";
import { EmptyState } from "../../../components/EmptyState";
import { FirstRun } from "./FirstRun";

export type NoRunsProps = {
  experimentName: string | undefined;
  /** `bare`: no run at all; `refused`: the filter is wrong, and nothing was found before. */
  reason: "bare" | "unmatched" | "deleted" | "refused";
  onClear: () => void;
};

/** Why there is no table, and what would bring one. */
export function NoRuns({ experimentName, reason, onClear }: NoRunsProps) {
  switch (reason) {
    case "bare":
      return <FirstRun experimentName={experimentName} />;
    case "deleted":
      return (
        <div className="NoRuns">
          <EmptyState title="No deleted run is here" />
        </div>
      );
    case "unmatched":
      return (
        <Unfiltered
          title="No run matches"
          hint="Loosen a condition of the filter, or see all runs again."
          onClear={onClear}
        />
      );
    case "refused":
      return (
        <Unfiltered
          title="The filter was not understood"
          hint="The reason stands below the box. Mend it there, or see all runs again."
          onClear={onClear}
        />
      );
  }
}

type UnfilteredProps = { title: string; hint: string; onClear: () => void };

function Unfiltered({ title, hint, onClear }: UnfilteredProps) {
  return (
    <div className="NoRuns">
      <EmptyState title={title}>
        <p>{hint}</p>
        <Button onClick={onClear}>Clear filter</Button>
      </EmptyState>
    </div>
  );
}
