import { Skeleton } from "../../components/Skeleton";

export type RunSkeletonProps = { isBodyOnly?: boolean };

/** The run page's layout in grey while its data is on the way. */
export function RunSkeleton({ isBodyOnly }: RunSkeletonProps) {
  return (
    <div className="RunSkeleton" role="status" aria-label="Loading the run">
      {!isBodyOnly && (
        <>
          <Skeleton width={280} height={24} />
          <Skeleton width="60%" />
        </>
      )}
      <div className="RunSkeleton-columns">
        {["left", "right"].map((side) => (
          <div key={side}>
            {[90, 70, 80, 60, 75, 85, 65].map((width) => (
              <Skeleton key={width} width={`${width}%`} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
