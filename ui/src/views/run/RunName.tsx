import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { PencilIcon } from "../../components/icons/PencilIcon";
import { renameRun } from "../../store/runEdits";

export type RunNameProps = { runId: string; name: string; isFixed: boolean };

/** A run's name, which becomes a field on a click. Enter saves, Esc keeps the old name. */
export function RunName({ runId, name, isFixed }: RunNameProps) {
  const [draft, setDraft] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const isEditing = draft !== undefined;
  useEffect(() => {
    if (isEditing) field.current?.select();
  }, [isEditing]);

  const save = () => {
    const wanted = draft?.trim();
    setDraft(undefined);
    if (wanted && wanted !== name) void renameRun(runId, wanted);
  };

  if (!isEditing) {
    return (
      <>
        <h1 className="RunName clip" title={name} data-testid="run-name">
          {name}
        </h1>
        {!isFixed && (
          <Button
            kind="quiet"
            isIcon
            aria-label="Rename run"
            title="Rename run"
            onClick={() => setDraft(name)}
          >
            <PencilIcon size={14} />
          </Button>
        )}
      </>
    );
  }
  return (
    <input
      ref={field}
      className="TextInput RunName-field"
      aria-label="Run name"
      value={draft}
      maxLength={250}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
        if (event.key === "Escape") setDraft(undefined);
      }}
    />
  );
}
