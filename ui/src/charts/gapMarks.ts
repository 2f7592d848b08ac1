import type uPlot from "uplot";
import type { ChartTheme } from "./chartTheme";
import type { GapMark } from "./lineData";

const SIZE = 3.5;

/**
 * Mark values that are not finite: a cross on the bottom edge for NaN, an arrow on the edge
 * that an infinity flew over.
 *
 * Marks closer than their own width would be one smear, so only the first of them is drawn.
 */
export function gapMarks(marks: () => readonly GapMark[], theme: ChartTheme): uPlot.Plugin {
  return {
    hooks: {
      draw: (chart) => {
        const { ctx } = chart;
        const size = SIZE * devicePixelRatio;
        ctx.save();
        ctx.strokeStyle = theme.warning;
        ctx.lineWidth = 1.5 * devicePixelRatio;
        const last = { nan: -Infinity, up: -Infinity, down: -Infinity };
        for (const { x, kind } of marks()) {
          const at = chart.valToPos(x, "x", true);
          if (at < chart.bbox.left || at > chart.bbox.left + chart.bbox.width) continue;
          if (Math.abs(at - last[kind]) < size * 2) continue;
          last[kind] = at;
          const edge = kind === "up" ? chart.bbox.top : chart.bbox.top + chart.bbox.height;
          drawMark(ctx, kind, at, edge, size);
        }
        ctx.restore();
      },
    },
  };
}

function drawMark(
  ctx: CanvasRenderingContext2D,
  kind: GapMark["kind"],
  x: number,
  edge: number,
  size: number,
): void {
  ctx.beginPath();
  if (kind === "nan") {
    const y = edge - size * 1.4;
    ctx.moveTo(x - size, y - size);
    ctx.lineTo(x + size, y + size);
    ctx.moveTo(x + size, y - size);
    ctx.lineTo(x - size, y + size);
  } else {
    const tip = kind === "up" ? edge + 1 : edge - 1;
    const base = kind === "up" ? tip + size * 1.6 : tip - size * 1.6;
    ctx.moveTo(x - size, base);
    ctx.lineTo(x, tip);
    ctx.lineTo(x + size, base);
  }
  ctx.stroke();
}
