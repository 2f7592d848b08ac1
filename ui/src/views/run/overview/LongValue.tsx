import { useState } from "react";

export type LongValueProps = { text: string };

const SHOWN = 160;

/** A text that is cut when long, with a way to see all of it. */
export function LongValue({ text }: LongValueProps) {
  const [isOpen, setOpen] = useState(false);
  if (text === "") return <span className="muted">empty</span>;
  if (text.length <= SHOWN * 1.25) return text;
  return (
    <>
      {isOpen ? text : `${text.slice(0, SHOWN)}… `}{" "}
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? "Less" : `All ${text.length.toLocaleString("en-US")} characters`}
      </button>
    </>
  );
}
