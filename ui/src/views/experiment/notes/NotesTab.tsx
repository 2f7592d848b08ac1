import { lazy, Suspense, useState } from "react";
import { Button } from "../../../components/Button";
import { EmptyState } from "../../../components/EmptyState";
import { PencilIcon } from "../../../components/icons/PencilIcon";
import { Skeleton } from "../../../components/Skeleton";
import { NOTE_TAG, saveNote } from "../../../store/experimentActions";
import { toApiError } from "../../../wire/errors";
import type { Experiment } from "../../../wire/types";
import "./NotesTab.css";

export type NotesTabProps = { experiment: Experiment | undefined };

const Markdown = lazy(async () => ({
  default: (await import("../../../components/Markdown")).Markdown,
}));

/** What people wrote about an experiment, and the place to write it. */
export function NotesTab({ experiment }: NotesTabProps) {
  const [draft, setDraft] = useState<string>();
  if (!experiment) return <NotesSkeleton />;
  const note = experiment.tags?.find(({ key }) => key === NOTE_TAG)?.value ?? "";
  if (draft !== undefined) {
    return (
      <NotesEditor
        id={experiment.experiment_id}
        text={draft}
        onChange={setDraft}
        onClose={() => setDraft(undefined)}
      />
    );
  }
  const edit = experiment.lifecycle_stage === "active" && (
    <Button data-testid="edit-notes" onClick={() => setDraft(note)}>
      <PencilIcon size={14} /> {note ? "Edit notes" : "Write notes"}
    </Button>
  );
  if (!note) {
    return (
      <EmptyState title="No notes yet">
        <p>What is this experiment for, what was found, what comes next? Markdown is rendered.</p>
        {edit}
      </EmptyState>
    );
  }
  return (
    <div className="NotesTab">
      <div className="NotesTab-bar">{edit}</div>
      <Suspense fallback={<NotesSkeleton />}>
        <Markdown text={note} />
      </Suspense>
    </div>
  );
}

type NotesEditorProps = {
  id: string;
  text: string;
  onChange: (text: string) => void;
  onClose: () => void;
};

function NotesEditor({ id, text, onChange, onClose }: NotesEditorProps) {
  const [problem, setProblem] = useState("");
  const save = async () => {
    try {
      await saveNote(id, text);
      onClose();
    } catch (failure) {
      setProblem(toApiError(failure).message);
    }
  };
  return (
    <div className="NotesTab">
      <textarea
        className="NotesTab-editor mono"
        aria-label="Notes in Markdown"
        value={text}
        // biome-ignore lint/a11y/noAutofocus: the reader has just asked to write
        autoFocus
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void save();
        }}
      />
      {problem && (
        <p className="Field-error" role="alert">
          The notes were not saved: {problem}
        </p>
      )}
      <div className="NotesTab-bar">
        <Button kind="primary" onClick={() => void save()}>
          Save notes
        </Button>
        <Button onClick={onClose}>Discard changes</Button>
        <span className="muted">Ctrl+Enter saves</span>
      </div>
    </div>
  );
}

function NotesSkeleton() {
  return (
    <div className="NotesTab">
      <Skeleton width={280} height={18} />
      <Skeleton />
      <Skeleton width="80%" />
    </div>
  );
}
