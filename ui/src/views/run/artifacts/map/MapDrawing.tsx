import { type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "../../../../components/Button";
import type { GeoMap, Shape } from "./geometry";
import { MapGrid } from "./MapGrid";
import { type Box, boxOf, fillRoom, pathOf, project, zoomBox } from "./projection";

export type MapDrawingProps = {
  map: GeoMap;
  chosen: number | undefined;
  onChoose: (feature: number | undefined) => void;
};

const CLOSER = 1.5;

/** The shapes of a map; the wheel zooms, dragging moves, a click chooses. */
export function MapDrawing({ map, chosen, onChoose }: MapDrawingProps) {
  const svg = useRef<SVGSVGElement>(null);
  const whole = useMemo(() => boxOf(map.shapes), [map]);
  const [box, setBox] = useState<Box>(whole);
  const drag = useDrag(svg, setBox);
  useWheel(svg, setBox);
  const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;
  const zoom = (factor: number) => setBox(zoomBox(box, factor, middle));
  const room = useRoom(svg);
  const view = fillRoom(box, room);
  // A point is as large on the screen at every zoom.
  const unit = view.width / (room.width || 700);
  return (
    <div className="MapDrawing">
      <div className="MapDrawing-tools">
        <Button isIcon aria-label="Zoom in" onClick={() => zoom(CLOSER)}>
          +
        </Button>
        <Button isIcon aria-label="Zoom out" onClick={() => zoom(1 / CLOSER)}>
          −
        </Button>
        <Button onClick={() => setBox(whole)}>Fit</Button>
      </div>
      <svg
        ref={svg}
        role="img"
        aria-label={`Map of ${map.features.length} features`}
        viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
        preserveAspectRatio="xMidYMid meet"
        {...drag}
      >
        <MapGrid box={view} unit={unit} />
        {map.shapes.map((shape, index) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the list beside does the same
          <g
            // biome-ignore lint/suspicious/noArrayIndexKey: shapes never move
            key={index}
            className={`MapShape is-${shape.kind}${shape.feature === chosen ? " is-chosen" : ""}`}
            onClick={() => onChoose(shape.feature)}
          >
            <title>{map.features[shape.feature]?.name}</title>
            <ShapeMark shape={shape} radius={unit * 5} />
          </g>
        ))}
      </svg>
    </div>
  );
}

type ShapeMarkProps = { shape: Shape; radius: number };

function ShapeMark({ shape, radius }: ShapeMarkProps) {
  const path = useMemo(() => pathOf(shape.parts, shape.kind === "area"), [shape]);
  if (shape.kind !== "point") return <path d={path} />;
  return shape.parts.flat().map((place, index) => {
    const [x, y] = project(place);
    // biome-ignore lint/suspicious/noArrayIndexKey: places never move
    return <circle key={index} cx={x} cy={y} r={radius} />;
  });
}

/** How many pixels the drawing has. */
function useRoom(svg: React.RefObject<SVGSVGElement | null>) {
  const [room, setRoom] = useState({ width: 0, height: 0 });
  useEffect(() => {
    if (!svg.current) return;
    const watcher = new ResizeObserver(([entry]) => {
      if (entry) setRoom({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    watcher.observe(svg.current);
    return () => watcher.disconnect();
  }, [svg]);
  return room;
}

type SetBox = (change: (before: Box) => Box) => void;

function useDrag(svg: React.RefObject<SVGSVGElement | null>, setBox: SetBox) {
  const last = useRef<{ x: number; y: number }>(undefined);
  const stop = () => {
    last.current = undefined;
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      last.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event: PointerEvent) => {
      const from = last.current;
      const scale = svg.current?.getScreenCTM()?.a;
      if (!from || !scale || event.buttons === 0) return;
      last.current = { x: event.clientX, y: event.clientY };
      const [dx, dy] = [(event.clientX - from.x) / scale, (event.clientY - from.y) / scale];
      setBox((before) => ({ ...before, x: before.x - dx, y: before.y - dy }));
    },
    onPointerUp: stop,
    onPointerLeave: stop,
  };
}

/** React's own listeners cannot keep the page from scrolling. */
function useWheel(svg: React.RefObject<SVGSVGElement | null>, setBox: SetBox): void {
  useEffect(() => {
    const element = svg.current;
    const listen = (event: WheelEvent) => {
      event.preventDefault();
      const matrix = element?.getScreenCTM()?.inverse();
      if (!matrix) return;
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
      setBox((before) => zoomBox(before, event.deltaY < 0 ? 1.2 : 1 / 1.2, [at.x, at.y]));
    };
    element?.addEventListener("wheel", listen, { passive: false });
    return () => element?.removeEventListener("wheel", listen);
  }, [svg, setBox]);
}
