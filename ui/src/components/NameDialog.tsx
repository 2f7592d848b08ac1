import { type FormEvent, useState } from "react";
import { toApiError } from "../wire/errors";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { Field } from "./Field";

export type NameDialogProps = {
  title: string;
  /** What the button does: "Rename run". */
  action: string;
  name: string;
  /** Rejects when the server refuses; the reason is shown and the dialog stays. */
  onName: (name: string) => Promise<unknown>;
  onClose: () => void;
};

/** Asks for a name. */
export function NameDialog({ title, action, name, onName, onClose }: NameDialogProps) {
  const [typed, setTyped] = useState(name);
  const [problem, setProblem] = useState("");
  const wanted = typed.trim();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await onName(wanted);
      onClose();
    } catch (failure) {
      setProblem(toApiError(failure).message);
    }
  };
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form className="Form" onSubmit={(event) => void submit(event)}>
        <Field label="Name" value={typed} onChange={setTyped} maxLength={250} required />
        {problem && (
          <p className="Field-error" role="alert">
            {problem}
          </p>
        )}
        <div className="Dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={wanted === "" || wanted === name}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
