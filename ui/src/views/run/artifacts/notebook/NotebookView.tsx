import { useMemo } from "react";
import type { RichViewProps } from "../richView";
import { Unreadable } from "../Unreadable";
import { parseJson } from "../values/parseValues";
import { NotebookCellView } from "./NotebookCellView";
import { readNotebook } from "./notebook";
import "./NotebookView.css";

/** A Jupyter notebook as it was saved: text, code and what the code put out. Nothing runs. */
export function NotebookView({ text }: RichViewProps) {
  const notebook = useMemo(() => {
    const parsed = parseJson(text);
    return "value" in parsed ? readNotebook(parsed.value) : undefined;
  }, [text]);
  if (!notebook) return <Unreadable reason="This is not a Jupyter notebook." text={text} />;
  return (
    <div className="NotebookView" data-testid="notebook">
      {notebook.cells.length === 0 && <p className="muted">The notebook is empty.</p>}
      {notebook.cells.map((cell, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells never move
        <NotebookCellView key={index} cell={cell} language={notebook.language} />
      ))}
    </div>
  );
}
