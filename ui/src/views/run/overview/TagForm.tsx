import { useState } from "react";
import { Button } from "../../../components/Button";
import type { Tag } from "../../../wire/types";

export type TagFormProps = {
  /** The tag to change; absent for a new one. */
  tag?: Tag;
  /** Keys that a new tag would overwrite; the form says so before it does. */
  taken: readonly string[];
  onSave: (tag: Tag) => void;
  onCancel: () => void;
};

/** Two fields for a tag. Enter saves, Esc leaves everything as it was. */
export function TagForm({ tag, taken, onSave, onCancel }: TagFormProps) {
  const [key, setKey] = useState(tag?.key ?? "");
  const [value, setValue] = useState(tag?.value ?? "");
  const isTaken = taken.includes(key.trim());
  return (
    <form
      className="Overview-form"
      aria-label={tag ? `Edit tag ${tag.key}` : "New tag"}
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim()) onSave({ key: key.trim(), value });
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <input
        className="TextInput"
        aria-label="Tag key"
        placeholder="Key"
        value={key}
        maxLength={250}
        disabled={tag !== undefined}
        // biome-ignore lint/a11y/noAutofocus: the form opens because its button was pressed
        autoFocus={tag === undefined}
        onChange={(event) => setKey(event.target.value)}
      />
      <input
        className="TextInput"
        aria-label="Tag value"
        placeholder="Value"
        value={value}
        maxLength={8000}
        // biome-ignore lint/a11y/noAutofocus: the form opens because its button was pressed
        autoFocus={tag !== undefined}
        onChange={(event) => setValue(event.target.value)}
      />
      <Button type="submit" kind="primary" disabled={!key.trim()}>
        {isTaken ? "Replace tag" : "Save tag"}
      </Button>
      <Button onClick={onCancel}>Cancel</Button>
    </form>
  );
}
