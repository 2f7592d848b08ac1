import { type DragEvent, useState } from "react";
import { Button } from "../../../components/Button";
import { EmptyState } from "../../../components/EmptyState";
import { Snippet } from "../../../components/Snippet";
import { navigate } from "../../../routing/useLocation";
import { type FileToSend, startUpload } from "../../../store/uploads";
import { useArtifacts } from "../../../store/useArtifacts";
import type { Run } from "../../../wire/types";
import { ArtifactError } from "./ArtifactError";
import { ArtifactView } from "./ArtifactView";
import { artifactPath } from "./artifactPath";
import { baseName, parentPath } from "./fileKind";
import { ArtifactTree } from "./tree/ArtifactTree";
import { droppedFiles } from "./upload/droppedFiles";
import { UploadMenu } from "./upload/UploadMenu";
import { UploadProgress } from "./upload/UploadProgress";
import "./ArtifactsTab.css";

export type ArtifactsTabProps = {
  run: Run;
  /** The file or folder that is shown; empty for the top. */
  path: string;
};

/** A run's files: the tree on the left, what is in the chosen one on the right. */
export function ArtifactsTab({ run, path }: ArtifactsTabProps) {
  const { run_id, status, lifecycle_stage } = run.info;
  const isLive = status === "RUNNING";
  const { data, error, refetch } = useArtifacts(run_id, "", { isLive });
  const above = useArtifacts(run_id, parentPath(path), { isLive });
  const isFile = above.data?.files.some((file) => file.path === path && !file.is_dir);
  // Where uploads go: the folder that is shown, or the one of the file that is.
  const folder = isFile ? parentPath(path) : path;
  const canUpload = lifecycle_stage === "active";
  const upload = (files: FileToSend[]) => void startUpload(run_id, folder, files);
  const { isOver, handlers } = useDrop(canUpload, upload);
  if (error && !data) return <ArtifactError error={error} onRetry={() => void refetch()} />;
  const isEmpty = data?.files.length === 0;
  return (
    <div
      className={`ArtifactsTab${isOver ? " is-over" : ""}`}
      data-testid="artifacts"
      {...handlers}
    >
      <aside className="ArtifactsTab-side">
        <header className="ArtifactsTab-bar">
          <Button kind="quiet" onClick={() => navigate(artifactPath(run, ""))}>
            All files
          </Button>
          {canUpload && <UploadMenu onFiles={upload} />}
        </header>
        <ArtifactTree run={run} selected={path} isLive={isLive} />
        <UploadProgress runId={run_id} />
      </aside>
      <div className="ArtifactsTab-main">
        {isEmpty && path === "" ? (
          <EmptyState title="No files yet">
            <p>Models, plots and tables that the run keeps appear here:</p>
            <Snippet label="Copy the line" code={'mlflow.log_artifact("model.pkl")'} />
            {canUpload && <p>Or drop files or a folder onto this page to upload them.</p>}
          </EmptyState>
        ) : (
          <ArtifactView key={path} run={run} path={path} isLive={isLive} />
        )}
      </div>
      {isOver && (
        <p className="ArtifactsTab-drop" role="status">
          Drop to upload into {folder ? baseName(folder) : "the run’s files"}
        </p>
      )}
    </div>
  );
}

/** Takes files and folders that are dropped; dropping doubles the button. */
function useDrop(canDrop: boolean, onFiles: (files: FileToSend[]) => void) {
  const [isOver, setOver] = useState(false);
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!canDrop || !event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event: DragEvent) => {
      const to = event.relatedTarget;
      if (!(to instanceof Node) || !event.currentTarget.contains(to)) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      setOver(false);
      if (!canDrop || event.dataTransfer.items.length === 0) return;
      event.preventDefault();
      void droppedFiles(event.dataTransfer).then((files) => files.length > 0 && onFiles(files));
    },
  };
  return { isOver, handlers };
}
