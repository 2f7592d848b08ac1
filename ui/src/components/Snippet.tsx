import { CopyButton } from "./CopyButton";
import "./Snippet.css";

export type SnippetProps = { code: string; label: string };

/** A few lines of code, with a button that copies them. */
export function Snippet({ code, label }: SnippetProps) {
  return (
    <div className="Snippet">
      <pre>
        <code>{code}</code>
      </pre>
      <CopyButton text={code} label={label} />
    </div>
  );
}
