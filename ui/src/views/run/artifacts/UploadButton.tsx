import { useRef } from "react";
import { Button } from "../../../components/Button";
import { PlusIcon } from "../../../components/icons/PlusIcon";

export type UploadButtonProps = { onFiles: (files: File[]) => void };

/** Opens the machine's file picker; dropping files does the same. */
export function UploadButton({ onFiles }: UploadButtonProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button kind="quiet" onClick={() => picker.current?.click()}>
        <PlusIcon size={14} /> Upload files
      </Button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Files to upload"
        data-testid="upload-input"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // Emptied, so that choosing the same file again is a change again.
          event.target.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
