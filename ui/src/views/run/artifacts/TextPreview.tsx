import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { CodeLine } from "./CodeLine";
import { useHighlight } from "./useHighlight";
import "./TextPreview.css";

export type TextPreviewProps = {
  text: string;
  /** The language by its name or by the extension of its files; plain text without one. */
  language?: string;
};

const LINE = 18;
/** A line longer than this is cut: a browser draws a megabyte in one line very slowly. */
const LONGEST = 4000;

/** Text with line numbers; only the lines on screen are drawn. */
export function TextPreview({ text, language = "" }: TextPreviewProps) {
  const scroller = useRef<HTMLElement>(null);
  const lines = useMemo(() => text.replace(/\r?\n$/, "").split(/\r?\n/), [text]);
  const coloured = useHighlight(text, language);
  const widest = useMemo(
    () =>
      Math.min(
        LONGEST,
        lines.reduce((most, line) => Math.max(most, line.length), 0),
      ),
    [lines],
  );
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 20,
  });
  const gutter = String(lines.length).length + 2;
  return (
    <section
      className="TextPreview mono"
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key
      tabIndex={0}
      aria-label="Text of the file"
      data-testid="text-preview"
    >
      <div
        style={{ height: rows.getTotalSize(), minWidth: `${widest + gutter + 2}ch` }}
        className="TextPreview-lines"
      >
        {rows.getVirtualItems().map(({ index, start }) => {
          const line = lines[index] ?? "";
          return (
            <div
              key={index}
              className="TextPreview-line"
              style={{ transform: `translateY(${start}px)` }}
            >
              <span
                className="TextPreview-number"
                style={{ width: `${gutter}ch` }}
                data-number={index + 1}
              />
              {line.length > LONGEST ? (
                `${line.slice(0, LONGEST)} … (line cut)`
              ) : (
                <CodeLine tokens={coloured?.[index]} text={line} />
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}
