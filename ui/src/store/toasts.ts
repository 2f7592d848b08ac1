/** Short notes at the edge of the page, some with a way back. */
export type ToastNote = {
  id: number;
  text: string;
  kind: "done" | "failed";
  action?: { label: string; run: () => void };
};

type Listener = () => void;

const SHOWN_MS = 7000;

let notes: readonly ToastNote[] = [];
let lastId = 0;
const listeners = new Set<Listener>();

/** Show a note for seven seconds; a failure stays until it is closed. */
export function showToast(note: Omit<ToastNote, "id">): void {
  lastId += 1;
  const id = lastId;
  change([...notes.slice(-2), { ...note, id }]);
  if (note.kind === "done") setTimeout(() => closeToast(id), SHOWN_MS);
}

export function closeToast(id: number): void {
  change(notes.filter((note) => note.id !== id));
}

export function subscribeToasts(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function readToasts(): readonly ToastNote[] {
  return notes;
}

function change(next: readonly ToastNote[]): void {
  notes = next;
  for (const listener of listeners) listener();
}
