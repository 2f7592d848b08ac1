import { useState } from "react";
import { Button } from "../../../components/Button";
import { EmptyState } from "../../../components/EmptyState";
import { ErrorBox } from "../../../components/ErrorBox";
import { Snippet } from "../../../components/Snippet";
import { navigate } from "../../../routing/useLocation";
import { uploadFiles } from "../../../store/runEdits";
import { useArtifacts } from "../../../store/useArtifacts";
import type { Run } from "../../../wire/types";
import { ArtifactTree } from "./ArtifactTree";
import { ArtifactView } from "./ArtifactView";
import { artifactPath } from "./artifactPath";
import { UploadButton } from "./UploadButton";
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
  const [isOver, setOver] = useState(false);
  const canUpload = lifecycle_stage === "active";
  const upload = (files: File[]) => void uploadFiles(run_id, "", files);
  if (error && !data) {
    return (
      <ErrorBox title="The files did not load." error={error} onRetry={() => void refetch()} />
    );
  }
  const isEmpty = data?.files.length === 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping files doubles the button
    <div
      className={`ArtifactsTab${isOver ? " is-over" : ""}`}
      data-testid="artifacts"
      onDragOver={(event) => {
        if (!canUpload || !event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (!canUpload || event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        upload([...event.dataTransfer.files]);
      }}
    >
      <aside className="ArtifactsTab-side">
        <header className="ArtifactsTab-bar">
          <Button kind="quiet" onClick={() => navigate(artifactPath(run, ""))}>
            All files
          </Button>
          {canUpload && <UploadButton onFiles={upload} />}
        </header>
        <ArtifactTree run={run} selected={path} isLive={isLive} />
      </aside>
      <div className="ArtifactsTab-main">
        {isEmpty && path === "" ? (
          <EmptyState title="No files yet">
            <p>Models, plots and tables that the run keeps appear here:</p>
            <Snippet label="Copy the line" code={'mlflow.log_artifact("model.pkl")'} />
            {canUpload && <p>Or drop files onto this page to upload them, up to 10 MB each.</p>}
          </EmptyState>
        ) : (
          <ArtifactView key={path} run={run} path={path} isLive={isLive} />
        )}
      </div>
    </div>
  );
}
