import { Skeleton } from "../../../components/Skeleton";

export type RunsSkeletonProps = { nameWidth: number };

const NAMES = [150, 120, 170, 140, 110, 160, 130, 155, 125, 145, 165, 115];
const CELLS = [60, 50, 70, 64, 56];

/** The shape of the table while its first page is on the way. */
export function RunsSkeleton({ nameWidth }: RunsSkeletonProps) {
  return (
    <div className="RunsSkeleton" role="status" aria-label="Loading runs">
      {NAMES.map((width) => (
        <div key={width} className="RunsSkeleton-line">
          <div style={{ width: nameWidth - 24 }}>
            <Skeleton width={width} />
          </div>
          {CELLS.map((cell) => (
            <Skeleton key={cell} width={cell} />
          ))}
        </div>
      ))}
    </div>
  );
}
