import { useSyncExternalStore } from "react";
import { Button } from "../../../../components/Button";
import { formatBytes } from "../../../../format/numbers";
import { readUploads, subscribeUploads } from "../../../../store/uploads";

export type UploadProgressProps = { runId: string };

/** How far the uploads into a run are, each with a way to stop it. */
export function UploadProgress({ runId }: UploadProgressProps) {
  const uploads = useSyncExternalStore(subscribeUploads, readUploads);
  return uploads
    .filter((upload) => upload.runId === runId)
    .map((upload) => (
      <div key={upload.id} className="UploadProgress" data-testid="upload-progress">
        <div className="UploadProgress-head">
          <span className="clip" title={upload.current}>
            {upload.count === 1 ? upload.current : `${upload.done} of ${upload.count} files`}
          </span>
          <span className="muted num">
            {formatBytes(upload.sent)} of {formatBytes(upload.bytes)}
          </span>
          <Button kind="quiet" onClick={upload.cancel}>
            Cancel
          </Button>
        </div>
        <progress
          aria-label="Uploaded"
          value={upload.bytes > 0 ? upload.sent / upload.bytes : undefined}
        />
      </div>
    ));
}
