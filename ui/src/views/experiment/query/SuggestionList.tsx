import { useEffect, useRef } from "react";
import type { Candidate } from "../../../wire/completion";

export type SuggestionListProps = {
  id: string;
  items: readonly Candidate[];
  active: number;
  onPick: (item: Candidate) => void;
};

/** What may come next in the query, below its box. */
export function SuggestionList({ id, items, active, onPick }: SuggestionListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div ref={list} id={id} role="listbox" aria-label="Suggestions" className="SuggestionList">
      {items.map((item, index) => (
        <div
          key={`${item.kind} ${item.text}`}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className="SuggestionList-item"
          // The box must keep the focus, so the mouse button is heard before it is lost.
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(item);
          }}
        >
          <span className="mono clip">{item.text}</span>
          <span className="SuggestionList-hint">{item.detail || item.kind}</span>
        </div>
      ))}
    </div>
  );
}
