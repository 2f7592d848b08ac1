import { type DragEvent, type ReactNode, useState } from "react";
import { useOnScreen } from "./useOnScreen";
import "./ChartPanel.css";

export type ChartPanelProps = {
  title: string;
  /** What the head says, where the whole title would repeat what stands above. */
  label: string;
  /** Room that is kept while the panel is out of sight. */
  height: number;
  testId: string;
  /** The panel can be dragged by its head to another place among its kind. */
  drag?: PanelDrag;
  /** Head and body, made only while on screen. */
  children: () => ReactNode;
};

export type PanelDrag = { id: string; onDrop: (draggedId: string) => void };

const DRAGGED = "text/x-epochal-panel";

/** The place of one chart: it holds its room, and reads and draws only while on screen. */
export function ChartPanel({ title, label, height, testId, drag, children }: ChartPanelProps) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const [isOver, setOver] = useState(false);
  const isOnScreen = useOnScreen(place);
  const onDrop = (event: DragEvent) => {
    setOver(false);
    const dragged = event.dataTransfer.getData(DRAGGED);
    if (!drag || dragged === "") return;
    event.preventDefault();
    drag.onDrop(dragged);
  };
  return (
    <section
      ref={setPlace}
      className={isOver ? "ChartPanel is-over" : "ChartPanel"}
      aria-label={title}
      data-testid={testId}
      // Only the head starts a drag: in the body, dragging zooms.
      onDragStart={(event) => drag && event.dataTransfer.setData(DRAGGED, drag.id)}
      onDragOver={(event) => {
        if (!drag || !event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {isOnScreen ? (
        children()
      ) : (
        <>
          <header className="ChartPanel-head">
            <span className="ChartPanel-name clip">{label}</span>
          </header>
          <div style={{ height }} />
        </>
      )}
    </section>
  );
}
