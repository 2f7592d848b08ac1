import { NameDialog } from "./NameDialog";

export type RenameDialogProps = {
  /** "experiment", "run": what is renamed. */
  noun: string;
  name: string;
  /** Rejects when the server refuses; the reason is shown and the dialog stays. */
  onRename: (name: string) => Promise<unknown>;
  onClose: () => void;
};

/** Asks for another name. */
export function RenameDialog({ noun, name, onRename, onClose }: RenameDialogProps) {
  const title = `Rename ${noun}`;
  return (
    <NameDialog title={title} action={title} name={name} onName={onRename} onClose={onClose} />
  );
}
