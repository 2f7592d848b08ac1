import { CodeLine } from "./CodeLine";
import { useHighlight } from "./useHighlight";
import "./TextPreview.css";

export type CodeBlockProps = { text: string; language: string };

/** Some lines of code, coloured. */
export function CodeBlock({ text, language }: CodeBlockProps) {
  const coloured = useHighlight(text, language);
  return (
    <pre className="CodeBlock">
      {text.split("\n").map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
        <span key={index}>
          <CodeLine tokens={coloured?.[index]} text={line} />
          {"\n"}
        </span>
      ))}
    </pre>
  );
}
