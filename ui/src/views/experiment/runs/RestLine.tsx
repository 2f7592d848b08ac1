import { formatCount } from "../../../format/numbers";
import { lineId } from "./GroupLine";

export type RestLineProps = {
  id: string;
  /** How many runs of the group are not listed; undefined while they are being read. */
  count: number | undefined;
  index: number;
  offset: number;
  nameWidth: number;
  isActive: boolean;
  onShow: () => void;
};

/** The last line of an opened group: what it does not list, and the way to it. */
export function RestLine({
  id,
  count,
  index,
  offset,
  nameWidth,
  isActive,
  onShow,
}: RestLineProps) {
  return (
    <div
      id={lineId(id)}
      className={isActive ? "RunLine RestLine is-active" : "RunLine RestLine"}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${offset}px)` }}
    >
      <div className="RunLine-name" role="rowheader" style={{ width: nameWidth }}>
        {count === undefined ? (
          <span className="muted">Loading runs…</span>
        ) : (
          <button type="button" className="TextLink" tabIndex={-1} onClick={onShow}>
            Show all, {formatCount(count)} more
          </button>
        )}
      </div>
    </div>
  );
}
