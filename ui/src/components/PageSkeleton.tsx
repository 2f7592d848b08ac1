import { Skeleton } from "./Skeleton";
import "./PageSkeleton.css";

const LINES = [60, 80, 45, 70, 55, 75, 40, 65];

/** The shape of a page whose code is still on its way. */
export function PageSkeleton() {
  return (
    <div className="PageSkeleton" role="status" aria-label="Loading">
      <Skeleton width={240} height={20} />
      {LINES.map((width) => (
        <Skeleton key={width} width={`${width}%`} />
      ))}
    </div>
  );
}
