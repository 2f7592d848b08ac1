import { useState } from "react";
import { Button } from "../../../components/Button";
import { Dialog } from "../../../components/Dialog";
import { TrashIcon } from "../../../components/icons/TrashIcon";
import { navigate } from "../../../routing/useLocation";
import { removeArtifact } from "../../../store/artifactActions";
import type { FileInfo, Run } from "../../../wire/types";
import { artifactPath } from "./artifactPath";
import { baseName, parentPath } from "./fileKind";

export type DeleteArtifactProps = { run: Run; file: FileInfo };

/** A button that deletes a file or folder, after asking: there is no way back. */
export function DeleteArtifact({ run, file }: DeleteArtifactProps) {
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    const isGone = await removeArtifact(run.info.run_id, file.path);
    setBusy(false);
    setAsking(false);
    if (isGone) navigate(artifactPath(run, parentPath(file.path)), { replace: true });
  };
  return (
    <>
      <Button
        kind="quiet"
        isIcon
        aria-label={`Delete ${file.path}`}
        title={`Delete ${baseName(file.path)}`}
        data-testid="delete-artifact"
        onClick={() => setAsking(true)}
      >
        <TrashIcon size={14} />
      </Button>
      <Dialog
        title={`Delete ${baseName(file.path)}?`}
        description={
          file.is_dir
            ? "The folder and all files in it go for good."
            : "The file goes for good; the run keeps everything else."
        }
        isOpen={isAsking}
        onClose={() => setAsking(false)}
      >
        <div className="Dialog-actions">
          <Button onClick={() => setAsking(false)}>Keep</Button>
          <Button kind="danger" disabled={isBusy} onClick={() => void remove()}>
            {file.is_dir ? "Delete folder" : "Delete file"}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
