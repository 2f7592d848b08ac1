import { type PointerEvent, useEffect, useRef, useState } from "react";
import { Button } from "../../../../components/Button";
import { useDragScroll } from "./useDragScroll";
import { MOST_ZOOM, zoomIn, zoomOut } from "./zoom";

export type ZoomableImageProps = { url: string; name: string; onError: () => void };

type Size = { width: number; height: number };

/** A picture that fits its room, or is as large as one likes; dragging moves it. */
export function ZoomableImage({ url, name, onError }: ZoomableImageProps) {
  const room = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>();
  // Undefined fits the picture into its room.
  const [zoom, setZoom] = useState<number>();
  const drag = useDragScroll(room);
  const fitted = size && room.current ? fitOf(size, room.current) : 1;
  const scale = zoom ?? fitted;
  useWheelZoom(room, (direction) =>
    setZoom((before) => (direction > 0 ? zoomIn(before ?? fitted) : zoomOut(before ?? fitted))),
  );
  const flip = (event: PointerEvent | React.MouseEvent) => {
    event.preventDefault();
    setZoom(zoom === undefined ? Math.max(1, fitted * 2) : undefined);
  };
  return (
    <figure className="ZoomableImage">
      <div className="ContentPreview-bar">
        <Button kind="quiet" aria-pressed={zoom === undefined} onClick={() => setZoom(undefined)}>
          Fit
        </Button>
        <Button kind="quiet" aria-pressed={zoom === 1} onClick={() => setZoom(1)}>
          100 %
        </Button>
        <Button kind="quiet" isIcon aria-label="Zoom out" onClick={() => setZoom(zoomOut(scale))}>
          −
        </Button>
        <span className="num" data-testid="zoom">
          {Math.round(scale * 100)} %
        </span>
        <Button
          kind="quiet"
          isIcon
          aria-label="Zoom in"
          disabled={scale >= MOST_ZOOM}
          onClick={() => setZoom(zoomIn(scale))}
        >
          +
        </Button>
        <figcaption className="muted num">
          {size && `${size.width} × ${size.height} px`}
        </figcaption>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons above do the same */}
      <div className="ZoomableImage-room" ref={room} onDoubleClick={flip} {...drag}>
        <img
          src={url}
          alt={name}
          draggable={false}
          data-testid="image-preview"
          className={scale >= 3 ? "is-pixelated" : undefined}
          style={size && { width: size.width * scale, height: size.height * scale }}
          onError={onError}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setSize({ width: naturalWidth || 300, height: naturalHeight || 150 })
          }
        />
      </div>
    </figure>
  );
}

const MARGIN = 34;

function fitOf(size: Size, room: HTMLElement): number {
  const across = (room.clientWidth - MARGIN) / size.width;
  const down = (room.clientHeight - MARGIN) / size.height;
  return Math.max(0.01, Math.min(1, across, down));
}

/** Ctrl and the wheel, or two fingers, zoom the picture and not the page. */
function useWheelZoom(
  room: React.RefObject<HTMLElement | null>,
  onZoom: (direction: number) => void,
): void {
  const latest = useRef(onZoom);
  latest.current = onZoom;
  useEffect(() => {
    const element = room.current;
    const listen = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      latest.current(-event.deltaY);
    };
    // React's own listeners cannot keep the page from zooming.
    element?.addEventListener("wheel", listen, { passive: false });
    return () => element?.removeEventListener("wheel", listen);
  }, [room]);
}
