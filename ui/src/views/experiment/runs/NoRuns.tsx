import { Button } from "../../../components/Button";
import { EmptyState } from "../../../components/EmptyState";
import { FirstRun } from "./FirstRun";

export type NoRunsProps = {
  experimentName: string | undefined;
  /** There is no run at all, rather than none that matches. */
  isBare: boolean;
  isDeleted: boolean;
  onClear: () => void;
};

/** Why the table is empty. */
export function NoRuns({ experimentName, isBare, isDeleted, onClear }: NoRunsProps) {
  if (isBare) return <FirstRun experimentName={experimentName} />;
  return (
    <div style={{ flex: 1 }}>
      <EmptyState title={isDeleted ? "No deleted run is here" : "No run matches"}>
        {!isDeleted && (
          <>
            <p>Loosen a condition of the filter, or see all runs again.</p>
            <Button onClick={onClear}>Clear filter</Button>
          </>
        )}
      </EmptyState>
    </div>
  );
}
