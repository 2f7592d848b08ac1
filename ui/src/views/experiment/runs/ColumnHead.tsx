import { type PointerEvent, useRef } from "react";
import { ContextMenu } from "../../../components/ContextMenu";
import { ArrowDownIcon } from "../../../components/icons/ArrowDownIcon";
import { ArrowUpIcon } from "../../../components/icons/ArrowUpIcon";
import type { MenuItem } from "../../../components/Menu";

export type ColumnHeadProps = {
  id: string;
  label: string;
  /** Where it stands; undefined for the frozen one. */
  start?: number;
  width: number;
  isNumeric?: boolean;
  direction: "asc" | "desc" | undefined;
  /** Undefined where the server cannot order by it. */
  onSort: (() => void) | undefined;
  onResize: (id: string, width: number | undefined) => void;
  /** What the right button offers. */
  menu?: readonly MenuItem[];
};

const ARIA = { asc: "ascending", desc: "descending" } as const;

/** A column's name: a click orders by it, its right edge changes its width. */
export function ColumnHead(props: ColumnHeadProps) {
  const { id, label, start, width, isNumeric, direction, onSort, onResize, menu } = props;
  const names = ["ColumnHead", isNumeric && "is-numeric", start !== undefined && "is-placed"];
  const head = (
    <div
      className={names.filter(Boolean).join(" ")}
      role="columnheader"
      aria-sort={direction ? ARIA[direction] : undefined}
      data-column={id}
      style={start === undefined ? undefined : { left: start, width }}
    >
      <button
        type="button"
        className="ColumnHead-label"
        title={label}
        disabled={!onSort}
        onClick={onSort}
      >
        <span className="clip">{label}</span>
        {direction === "asc" && <ArrowUpIcon size={12} />}
        {direction === "desc" && <ArrowDownIcon size={12} />}
      </button>
      <ResizeHandle width={width} onResize={(next) => onResize(id, next)} />
    </div>
  );
  if (!menu) return head;
  return (
    <ContextMenu label={`Column ${label}`} items={menu}>
      {head}
    </ContextMenu>
  );
}

type ResizeHandleProps = { width: number; onResize: (width: number | undefined) => void };

function ResizeHandle({ width, onResize }: ResizeHandleProps) {
  const origin = useRef<{ x: number; width: number }>(undefined);
  const onPointerMove = (event: PointerEvent) => {
    if (origin.current) onResize(origin.current.width + event.clientX - origin.current.x);
  };
  return (
    <div
      className="ColumnHead-edge"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        origin.current = { x: event.clientX, width };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        origin.current = undefined;
      }}
      onDoubleClick={() => onResize(undefined)}
    />
  );
}
