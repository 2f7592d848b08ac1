import { useEffect, useRef, useState } from "react";
import type { LineSettings } from "../../../charts/lineDefaults";
import { Button } from "../../../components/Button";
import { changeQuery } from "../../../routing/useLocation";
import type { Run } from "../../../wire/types";
import type { MetricSet } from "../../charts/ranks";
import { MetricPanel } from "./MetricPanel";

export type FocusedMetricProps = {
  run: Run;
  set: MetricSet;
  /** The metrics to step through, in order. */
  siblings: readonly string[];
  settings: LineSettings;
};

/** Heights of what stands around the drawing. */
const SURROUNDINGS = 320;
const LEAST = 240;

/** One metric with all the room there is. Esc goes back to all of them. */
export function FocusedMetric({ run, set, siblings, settings }: FocusedMetricProps) {
  const height = useRoomBelow(SURROUNDINGS);
  const at = siblings.indexOf(set.name);
  const show = (key: string | undefined) => changeQuery({ metric: key }, { replace: true });
  const before = siblings[at - 1];
  const after = siblings[at + 1];
  useEscape(() => show(undefined));
  return (
    <div className="FocusedMetric">
      <nav className="FocusedMetric-bar" aria-label="Metrics">
        <Button onClick={() => show(undefined)}>All metrics</Button>
        <Button kind="quiet" disabled={!before} onClick={() => show(before)}>
          Previous
        </Button>
        <Button kind="quiet" disabled={!after} onClick={() => show(after)}>
          Next
        </Button>
      </nav>
      <MetricPanel
        run={run}
        set={set}
        settings={settings}
        height={Math.max(LEAST, height)}
        isAlone
      />
    </div>
  );
}

/** Esc, wherever the focus is, unless something in between has made use of it. */
function useEscape(onEscape: () => void): void {
  const latest = useRef(onEscape);
  latest.current = onEscape;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) latest.current();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

/** The window's height less what is taken, following the window. */
function useRoomBelow(taken: number): number {
  const [height, setHeight] = useState(() => window.innerHeight - taken);
  useEffect(() => {
    const measure = () => setHeight(window.innerHeight - taken);
    window.addEventListener("resize", measure);
    return () => window.removeEventListener("resize", measure);
  }, [taken]);
  return height;
}
