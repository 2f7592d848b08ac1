import "./Skeleton.css";

export type SkeletonProps = { width?: number | string; height?: number | string };

/** A grey bar in the place of what is being loaded. */
export function Skeleton({ width = "100%", height = 12 }: SkeletonProps) {
  return <span className="Skeleton" style={{ width, height }} aria-hidden="true" />;
}
