import { Skeleton } from "../../../components/Skeleton";

/** Lines in the place of a file that is being read. */
export function PreviewSkeleton() {
  return (
    <div className="ContentPreview-wait" aria-busy="true">
      <Skeleton width="70%" />
      <Skeleton width="50%" />
      <Skeleton width="60%" />
      <Skeleton width="35%" />
      <Skeleton width="55%" />
    </div>
  );
}
