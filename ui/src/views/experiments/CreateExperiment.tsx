import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Field } from "../../components/Field";
import { createExperiment } from "../../store/experimentActions";
import { toApiError } from "../../wire/errors";

export type CreateExperimentProps = { onClose: () => void; onCreated: (id: string) => void };

/** Asks for the name of a new experiment, and where its artifacts go. */
export function CreateExperiment({ onClose, onCreated }: CreateExperimentProps) {
  const [name, setName] = useState("");
  const [location, setLocation] = useState("");
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      onCreated(await createExperiment(name.trim(), location.trim()));
      onClose();
    } catch (failure) {
      setProblem(toApiError(failure).message);
      setBusy(false);
    }
  };
  return (
    <Dialog title="New experiment" isOpen onClose={onClose}>
      <form className="Form" onSubmit={(event) => void submit(event)}>
        <Field label="Name" value={name} onChange={setName} maxLength={500} required />
        <Field
          label="Artifact location"
          hint="Where files of its runs are kept. Leave empty for the server's own store."
          placeholder="mlflow-artifacts:/my-project"
          value={location}
          onChange={setLocation}
        />
        {problem && (
          <p className="Field-error" role="alert">
            {problem}
          </p>
        )}
        <div className="Dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={isBusy || name.trim() === ""}>
            Create experiment
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
