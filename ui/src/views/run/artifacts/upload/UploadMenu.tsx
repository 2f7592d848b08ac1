import { useRef } from "react";
import { Button } from "../../../../components/Button";
import { PlusIcon } from "../../../../components/icons/PlusIcon";
import { Menu } from "../../../../components/Menu";
import type { FileToSend } from "../../../../store/uploads";
import { pickedFiles } from "./droppedFiles";

export type UploadMenuProps = { onFiles: (files: FileToSend[]) => void };

/** Opens the machine's picker for files or a folder; dropping them does the same. */
export function UploadMenu({ onFiles }: UploadMenuProps) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    const picked = pickedFiles(input.files ?? []);
    // Emptied, so that choosing the same file again is a change again.
    input.value = "";
    if (picked.length > 0) onFiles(picked);
  };
  const hidden = { type: "file", multiple: true, hidden: true } as const;
  return (
    <>
      <Menu
        trigger={
          <Button kind="quiet" data-testid="upload">
            <PlusIcon size={14} /> Upload
          </Button>
        }
        items={[
          { label: "Files…", onSelect: () => files.current?.click() },
          { label: "Folder…", onSelect: () => folder.current?.click() },
        ]}
      />
      <input
        {...hidden}
        ref={files}
        aria-label="Files to upload"
        data-testid="upload-input"
        onChange={({ target }) => take(target)}
      />
      <input
        {...hidden}
        // React knows the attribute by no type; browsers all do.
        {...{ webkitdirectory: "" }}
        ref={folder}
        aria-label="Folder to upload"
        data-testid="upload-folder-input"
        onChange={({ target }) => take(target)}
      />
    </>
  );
}
