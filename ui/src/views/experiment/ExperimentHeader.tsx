import { useState } from "react";
import { Button } from "../../components/Button";
import { CopyButton } from "../../components/CopyButton";
import { MoreIcon } from "../../components/icons/MoreIcon";
import { Menu } from "../../components/Menu";
import { RenameDialog } from "../../components/RenameDialog";
import { Skeleton } from "../../components/Skeleton";
import { paths } from "../../routing/paths";
import { navigate } from "../../routing/useLocation";
import {
  deleteExperiment,
  renameExperiment,
  restoreExperiment,
} from "../../store/experimentActions";
import type { Experiment } from "../../wire/types";

export type ExperimentHeaderProps = { experiment: Experiment | undefined };

/** An experiment's name, where it lives, and what can be done with it. */
export function ExperimentHeader({ experiment }: ExperimentHeaderProps) {
  if (!experiment) {
    return (
      <header className="ExperimentHeader" style={{ height: 40 }}>
        <Skeleton width={220} height={18} />
      </header>
    );
  }
  const { experiment_id: id, name, artifact_location: location } = experiment;
  const isDeleted = experiment.lifecycle_stage === "deleted";
  return (
    <header className="ExperimentHeader">
      <h1 className="clip" title={name}>
        {name}
      </h1>
      {isDeleted && <span className="ExperimentHeader-deleted">Deleted</span>}
      <div className="ExperimentHeader-id">
        <span className="mono">{id}</span>
        <CopyButton text={id} label="Copy experiment id" />
        <span className="ExperimentHeader-location mono clip" title={location}>
          {location}
        </span>
        <CopyButton text={location} label="Copy artifact location" />
      </div>
      <Actions experiment={experiment} isDeleted={isDeleted} />
    </header>
  );
}

type ActionsProps = { experiment: Experiment; isDeleted: boolean };

function Actions({ experiment, isDeleted }: ActionsProps) {
  const [isRenaming, setRenaming] = useState(false);
  const remove = () => {
    void deleteExperiment(experiment);
    navigate(paths.experiments());
  };
  const items = isDeleted
    ? [{ label: "Restore with its runs", onSelect: () => void restoreExperiment(experiment) }]
    : [
        { label: "Rename…", onSelect: () => setRenaming(true) },
        { label: "Delete", isDanger: true, onSelect: remove },
      ];
  return (
    <>
      <Menu
        items={items}
        trigger={
          <Button kind="quiet" isIcon aria-label="Actions for this experiment">
            <MoreIcon />
          </Button>
        }
      />
      {isRenaming && (
        <RenameDialog
          noun="experiment"
          name={experiment.name}
          onRename={(wanted) => renameExperiment(experiment.experiment_id, wanted)}
          onClose={() => setRenaming(false)}
        />
      )}
    </>
  );
}
