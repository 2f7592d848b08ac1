import { type Dispatch, type SetStateAction, useState } from "react";

/** The reader's hand on the runs, kept while one goes from tab to tab. */
export type Picked = {
  /** Checked in the table. */
  selection: ReadonlySet<string>;
  setSelection: Dispatch<SetStateAction<ReadonlySet<string>>>;
  /** Eyes opened or closed one by one, against what is shown by itself. */
  eyes: ReadonlyMap<string, boolean>;
  setEyes: Dispatch<SetStateAction<ReadonlyMap<string, boolean>>>;
};

const NONE: ReadonlySet<string> = new Set();
const UNTOUCHED: ReadonlyMap<string, boolean> = new Map();

export function usePicked(): Picked {
  const [selection, setSelection] = useState(NONE);
  const [eyes, setEyes] = useState(UNTOUCHED);
  return { selection, setSelection, eyes, setEyes };
}
