import { type Box, gridLines, latitudeAt, project } from "./projection";

export type MapGridProps = {
  box: Box;
  /** A pixel of the screen, about. */
  unit: number;
};

/** Lines of longitude and latitude with their degrees, so that one knows where one is. */
export function MapGrid({ box, unit }: MapGridProps) {
  const [left, right] = [box.x - box.width, box.x + 2 * box.width];
  const [top, bottom] = [box.y - box.height, box.y + 2 * box.height];
  const meridians = gridLines(box.x, box.x + box.width);
  const parallels = gridLines(latitudeAt(box.y + box.height), latitudeAt(box.y));
  return (
    <g className="MapGrid" fontSize={11 * unit}>
      {meridians.map((longitude) => (
        <g key={`x${longitude}`}>
          <line x1={longitude} x2={longitude} y1={top} y2={bottom} />
          <text x={longitude + 3 * unit} y={box.y + box.height - 4 * unit}>
            {degrees(longitude, "E", "W")}
          </text>
        </g>
      ))}
      {parallels.map((latitude) => {
        const y = project([0, latitude])[1];
        return (
          <g key={`y${latitude}`}>
            <line x1={left} x2={right} y1={y} y2={y} />
            <text x={box.x + 3 * unit} y={y - 3 * unit}>
              {degrees(latitude, "N", "S")}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function degrees(value: number, positive: string, negative: string): string {
  return `${Math.abs(value)}°${value === 0 ? "" : value > 0 ? positive : negative}`;
}
