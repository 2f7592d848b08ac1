import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { ErrorBoundary } from "./components/ErrorBoundary";
import { PageSkeleton } from "./components/PageSkeleton";
import { Toasts } from "./components/Toasts";
import { type Route, routeOf } from "./routing/route";
import { useLocation } from "./routing/useLocation";
import { queryClient } from "./store/queryClient";
import { ExperimentPage } from "./views/experiment/ExperimentPage";
import { ExperimentsPage } from "./views/experiments/ExperimentsPage";
import { Frame } from "./views/frame/Frame";
import { MissingPage } from "./views/missing/MissingPage";

const RunPage = lazy(async () => ({ default: (await import("./views/run/RunPage")).RunPage }));
const ComparePage = lazy(async () => ({
  default: (await import("./views/compare/ComparePage")).ComparePage,
}));
const DatasetsPage = lazy(async () => ({
  default: (await import("./views/datasets/DatasetsPage")).DatasetsPage,
}));
const DatasetPage = lazy(async () => ({
  default: (await import("./views/datasets/DatasetPage")).DatasetPage,
}));

export function App() {
  const { path } = useLocation();
  const route = routeOf(path);
  return (
    <QueryClientProvider client={queryClient}>
      <Frame route={route}>
        <ErrorBoundary key={pageKey(route)}>
          <Suspense fallback={<PageSkeleton />}>
            <Page route={route} />
          </Suspense>
        </ErrorBoundary>
      </Frame>
      <Toasts />
    </QueryClientProvider>
  );
}

/** What a failure belongs to. The tabs of a page share its state. */
function pageKey(route: Route): string {
  if (route.page === "run") return route.runId;
  return route.page === "experiment" ? route.experimentId : JSON.stringify(route);
}

type PageProps = { route: Route };

function Page({ route }: PageProps) {
  switch (route.page) {
    case "experiments":
      return <ExperimentsPage />;
    case "experiment": {
      const { experimentId, tab } = route;
      return <ExperimentPage key={experimentId} experimentId={experimentId} tab={tab} />;
    }
    case "run": {
      const { experimentId, runId, tab } = route;
      return <RunPage key={runId} experimentId={experimentId} runId={runId} tab={tab} />;
    }
    case "compare":
      return <ComparePage />;
    case "datasets":
      return <DatasetsPage />;
    case "dataset":
      return <DatasetPage key={route.name} name={route.name} />;
    case "missing":
      return <MissingPage path={route.path} />;
  }
}
