import type { FileToSend } from "../../../../store/uploads";

/**
 * The files of a drop, those in dropped folders by their path from the folder on.
 *
 * The entries must be asked for while the event is handled; reading them may take longer.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<FileToSend[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const plain = [...transfer.files];
  if (entries.every((entry) => entry === null)) return plain.map(toSend);
  const found: FileToSend[] = [];
  for (const entry of entries) if (entry) await collect(entry, found);
  return found;
}

/** Files of a picker; those of a picked folder know their path. */
export function pickedFiles(files: Iterable<File>): FileToSend[] {
  return [...files].map(toSend);
}

function toSend(file: File): FileToSend {
  return { path: file.webkitRelativePath || file.name, file };
}

async function collect(entry: FileSystemEntry, found: FileToSend[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    const asked = entry as FileSystemFileEntry;
    const file = await new Promise<File>((resolve, reject) => asked.file(resolve, reject));
    found.push({ path, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader gives some hundred entries at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const each of some) await collect(each, found);
  }
}
