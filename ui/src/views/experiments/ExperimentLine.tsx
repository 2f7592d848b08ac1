import { useState } from "react";
import { Button } from "../../components/Button";
import { CopyButton } from "../../components/CopyButton";
import { MoreIcon } from "../../components/icons/MoreIcon";
import { Link } from "../../components/Link";
import { Menu, type MenuItem } from "../../components/Menu";
import { RenameDialog } from "../../components/RenameDialog";
import { Time } from "../../components/Time";
import { paths } from "../../routing/paths";
import {
  deleteExperiment,
  NOTE_TAG,
  renameExperiment,
  restoreExperiment,
} from "../../store/experimentActions";
import { readTime } from "../../wire/numbers";
import type { Experiment } from "../../wire/types";
import { firstLine } from "./firstLine";

export type ExperimentLineProps = { experiment: Experiment; index: number; offset: number };

/** One experiment of the list. */
export function ExperimentLine({ experiment, index, offset }: ExperimentLineProps) {
  const [isRenaming, setRenaming] = useState(false);
  const { experiment_id: id, name } = experiment;
  const note = experiment.tags?.find(({ key }) => key === NOTE_TAG)?.value ?? "";
  const tags = (experiment.tags ?? []).filter(({ key }) => !key.startsWith("mlflow."));
  const items = menuOf(experiment, () => setRenaming(true));
  return (
    <div
      className="ExperimentLine ExperimentList-row"
      role="row"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${offset}px)` }}
    >
      <div role="cell" className="ExperimentLine-name">
        <Link className="clip" to={paths.experiment(id)} title={name}>
          {name}
        </Link>
        <span className="CopyId">
          <CopyButton text={id} label={`Copy id ${id}`} />
        </span>
      </div>
      <div role="cell" className="is-notes clip muted">
        {firstLine(note)}
      </div>
      <div role="cell" className="is-tags ExperimentLine-tags">
        {tags.map(({ key, value }) => (
          <span key={key} className="Tag clip" title={`${key}: ${value}`}>
            {key}: {value}
          </span>
        ))}
      </div>
      <div role="cell" className="muted">
        <Time ms={readTime(experiment.creation_time)} />
      </div>
      <div role="cell" className="muted">
        <Time ms={readTime(experiment.last_update_time)} />
      </div>
      <div role="cell">
        <Menu
          items={items}
          trigger={
            <Button kind="quiet" isIcon aria-label={`Actions for ${name}`}>
              <MoreIcon />
            </Button>
          }
        />
        {isRenaming && (
          <RenameDialog
            noun="experiment"
            name={name}
            onRename={(wanted) => renameExperiment(id, wanted)}
            onClose={() => setRenaming(false)}
          />
        )}
      </div>
    </div>
  );
}

function menuOf(experiment: Experiment, onRename: () => void): MenuItem[] {
  if (experiment.lifecycle_stage === "deleted") {
    return [
      { label: "Restore with its runs", onSelect: () => void restoreExperiment(experiment) },
    ];
  }
  return [
    { label: "Rename…", onSelect: onRename },
    { label: "Delete", isDanger: true, onSelect: () => void deleteExperiment(experiment) },
  ];
}
