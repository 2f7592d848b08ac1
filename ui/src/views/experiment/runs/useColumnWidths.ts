import { useCallback, useState } from "react";
import { isNumbers, recall, remember } from "../../../store/remembered";

export type Widths = Readonly<Record<string, number>>;

const LEAST = 56;
const MOST = 800;

/** The widths that the reader gave to columns; undefined gives one its own width back. */
export function useColumnWidths(
  experimentId: string,
): [Widths, (id: string, width: number | undefined) => void] {
  const key = `widths.${experimentId}`;
  const [widths, setWidths] = useState<Widths>(() => recall(key, isNumbers, {}));
  const resize = useCallback(
    (id: string, width: number | undefined) => {
      setWidths((old) => {
        const next: Record<string, number> = { ...old };
        delete next[id];
        if (width !== undefined) next[id] = Math.round(Math.min(MOST, Math.max(LEAST, width)));
        remember(key, next);
        return next;
      });
    },
    [key],
  );
  return [widths, resize];
}
