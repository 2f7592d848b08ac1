import type { PlotBar } from "./profilePlots";

export type ProfilePlotProps = {
  label: string;
  /** One series, or two to compare: before and after, as many bars in each. */
  series: readonly (readonly PlotBar[])[];
  height?: number;
};

const WIDTH = 180;

/** A small bar plot; two series stand over each other, the later one as an outline. */
export function ProfilePlot({ label, series, height = 28 }: ProfilePlotProps) {
  const count = Math.max(0, ...series.map((bars) => bars.length));
  if (count === 0) return null;
  const width = WIDTH / count;
  const bar = Math.max(1, Math.min(width - 1, 24));
  return (
    <svg
      className="ProfilePlot"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${height}`}
      width={WIDTH}
      height={height}
    >
      {series.map((bars, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: before and after never swap
        <g key={place} className={place === 0 ? "is-first" : "is-second"}>
          {bars.map(({ share, label: title }, index) => {
            const size = share > 0 ? Math.max(1, share * (height - 1)) : 0;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: bars never move
              <rect key={index} x={index * width} y={height - size} width={bar} height={size}>
                <title>{title}</title>
              </rect>
            );
          })}
        </g>
      ))}
    </svg>
  );
}
