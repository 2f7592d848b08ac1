import { TextPreview } from "./TextPreview";

export type UnreadableProps = {
  /** What was expected and where it broke. */
  reason: string;
  text: string;
};

/** A file that is not what its name says: why, and its text as it stands. */
export function Unreadable({ reason, text }: UnreadableProps) {
  return (
    <>
      <p className="Unreadable" role="note" data-testid="unreadable">
        {reason}
      </p>
      <TextPreview text={text} />
    </>
  );
}
