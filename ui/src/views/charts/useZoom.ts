import { useMemo } from "react";
import { changeQuery, useLocation } from "../../routing/useLocation";
import { formatZooms, type PanelZoom, readZooms } from "./zooms";

/** The zoom of a panel, kept in the address: a link shows it, the back button undoes it. */
export function useZoom(
  title: string,
): [PanelZoom | undefined, (zoomed: PanelZoom | undefined) => void] {
  const { query } = useLocation();
  const text = query.get("zoom");
  const zooms = useMemo(() => readZooms(text), [text]);
  const change = (zoomed: PanelZoom | undefined) => {
    const next = new Map(zooms);
    if (zoomed) next.set(title, zoomed);
    else next.delete(title);
    changeQuery({ zoom: formatZooms(next) }, { replace: false });
  };
  return [zooms.get(title), change];
}
