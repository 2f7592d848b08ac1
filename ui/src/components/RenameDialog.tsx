import { type FormEvent, useState } from "react";
import { toApiError } from "../wire/errors";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { Field } from "./Field";

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
  const [typed, setTyped] = useState(name);
  const [problem, setProblem] = useState("");
  const wanted = typed.trim();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await onRename(wanted);
      onClose();
    } catch (failure) {
      setProblem(toApiError(failure).message);
    }
  };
  return (
    <Dialog title={`Rename ${noun}`} isOpen onClose={onClose}>
      <form className="Form" onSubmit={(event) => void submit(event)}>
        <Field label="Name" value={typed} onChange={setTyped} maxLength={500} required />
        {problem && (
          <p className="Field-error" role="alert">
            {problem}
          </p>
        )}
        <div className="Dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={wanted === "" || wanted === name}>
            Rename {noun}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
