import { lazy, Suspense, useMemo } from "react";
import { EmptyState } from "../../../components/EmptyState";
import { useArtifacts } from "../../../store/useArtifacts";
import type { Run } from "../../../wire/types";
import { ArtifactError } from "./ArtifactError";
import { FolderTable } from "./FolderTable";
import { imageSeries } from "./images/imageSeries";
import { SeriesView } from "./images/SeriesView";
import { PreviewSkeleton } from "./PreviewSkeleton";

const ModelFolder = lazy(async () => ({
  default: (await import("./model/ModelFolder")).ModelFolder,
}));

export type FolderViewProps = { run: Run; path: string; isLive: boolean };

/** A folder: what it is as a whole, a model or series of images, and its entries. */
export function FolderView({ run, path, isLive }: FolderViewProps) {
  const runId = run.info.run_id;
  const { data, error, refetch } = useArtifacts(runId, path, { isLive });
  const series = useMemo(() => imageSeries(data?.files ?? []), [data]);
  if (error && !data) return <ArtifactError error={error} onRetry={() => void refetch()} />;
  if (!data) return <PreviewSkeleton />;
  if (data.files.length === 0) return <EmptyState title="This folder is empty" />;
  const model = data.files.find(
    (file) => !file.is_dir && file.path.slice(path.length).replace(/^\//, "") === "MLmodel",
  );
  return (
    <div className="FolderView">
      {model && (
        <Suspense fallback={<PreviewSkeleton />}>
          <ModelFolder runId={runId} path={model.path} />
        </Suspense>
      )}
      {series.length > 0 && <SeriesView runId={runId} series={series} />}
      <FolderTable
        run={run}
        path={path}
        files={data.files}
        isBelow={series.length > 0 || model !== undefined}
      />
    </div>
  );
}
