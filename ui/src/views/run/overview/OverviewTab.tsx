import type { Run } from "../../../wire/types";
import { ChildrenSection } from "./ChildrenSection";
import { DatasetsSection } from "./DatasetsSection";
import { MetricsSection } from "./MetricsSection";
import { NoteSection } from "./NoteSection";
import { ParamsSection } from "./ParamsSection";
import { TagsSection } from "./TagsSection";
import "./OverviewTab.css";

export type OverviewTabProps = { run: Run };

/** What went into a run and what came out, side by side. */
export function OverviewTab({ run }: OverviewTabProps) {
  return (
    <div className="Overview" data-testid="overview">
      <div className="Overview-columns">
        <MetricsSection run={run} />
        <ParamsSection params={run.data?.params ?? []} />
      </div>
      <div className="Overview-columns">
        <div className="Overview-stack">
          <NoteSection run={run} />
          <ChildrenSection run={run} />
        </div>
        <div className="Overview-stack">
          <TagsSection run={run} />
          <DatasetsSection inputs={run.inputs?.dataset_inputs ?? []} />
        </div>
      </div>
    </div>
  );
}
