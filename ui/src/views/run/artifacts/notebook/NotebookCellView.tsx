import { MarkdownText } from "../../MarkdownText";
import { CodeBlock } from "../CodeBlock";
import type { NotebookCell } from "./notebook";
import { OutputView } from "./OutputView";

export type NotebookCellViewProps = { cell: NotebookCell; language: string };

/** One cell with its number and what it put out. */
export function NotebookCellView({ cell, language }: NotebookCellViewProps) {
  if (cell.kind === "markdown") {
    return (
      <section className="NotebookCell">
        <MarkdownText text={cell.text} />
      </section>
    );
  }
  if (cell.kind === "raw") {
    return (
      <section className="NotebookCell">
        <pre>{cell.text}</pre>
      </section>
    );
  }
  return (
    <section className="NotebookCell is-code">
      <span className="NotebookCell-count mono muted">[{cell.count ?? " "}]</span>
      <CodeBlock text={cell.text} language={language} />
      {cell.outputs.map((output, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: outputs never move
        <OutputView key={index} output={output} />
      ))}
    </section>
  );
}
