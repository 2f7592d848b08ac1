import { useState } from "react";
import { Button } from "../../../components/Button";
import { PencilIcon } from "../../../components/icons/PencilIcon";
import { setRunTag } from "../../../store/runEdits";
import type { Run } from "../../../wire/types";
import { MarkdownText } from "../MarkdownText";
import { NOTE_TAG, runFacts } from "../runFacts";
import { Section } from "../Section";

export type NoteSectionProps = { run: Run };

/** The run's description, in markdown, edited in place. */
export function NoteSection({ run }: NoteSectionProps) {
  const [draft, setDraft] = useState<string>();
  const { note } = runFacts(run);
  const canEdit = run.info.lifecycle_stage === "active";
  const save = async () => {
    if (draft === undefined) return;
    // The draft stays open when the server refuses, so that no text is lost.
    if (draft === note || (await setRunTag(run.info.run_id, NOTE_TAG, draft))) {
      setDraft(undefined);
    }
  };
  return (
    <Section
      title="Description"
      tools={
        canEdit &&
        draft === undefined && (
          <Button kind="quiet" onClick={() => setDraft(note)}>
            <PencilIcon size={14} /> {note ? "Edit" : "Add description"}
          </Button>
        )
      }
    >
      {draft === undefined && note && <MarkdownText text={note} />}
      {draft === undefined && !note && (
        <p className="Section-empty">What was tried here, and what came of it? Markdown works.</p>
      )}
      {draft !== undefined && (
        <>
          <textarea
            className="Overview-note-field mono"
            aria-label="Description"
            // biome-ignore lint/a11y/noAutofocus: the field opens because its button was pressed
            autoFocus
            value={draft}
            maxLength={8000}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") setDraft(undefined);
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
            }}
          />
          <div className="Overview-note-tools">
            <Button kind="primary" onClick={() => void save()}>
              Save description
            </Button>
            <Button onClick={() => setDraft(undefined)}>Cancel</Button>
          </div>
        </>
      )}
    </Section>
  );
}
