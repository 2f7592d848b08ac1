import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Toasts } from "./components/Toasts";
import { matchPath } from "./routing/location";
import { useLocation } from "./routing/useLocation";
import { queryClient } from "./store/queryClient";
import { ExperimentPage } from "./views/experiment/ExperimentPage";
import { ExperimentsPage } from "./views/experiments/ExperimentsPage";
import { MissingPage } from "./views/missing/MissingPage";

const RunPage = lazy(async () => ({ default: (await import("./views/run/RunPage")).RunPage }));

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Suspense fallback={null}>
        <Page path={useLocation().path} />
      </Suspense>
      <Toasts />
    </QueryClientProvider>
  );
}

type PageProps = { path: string };

function Page({ path }: PageProps) {
  const run = matchPath("/experiments/:id/runs/:runId/:tab*", path);
  if (run?.id && run.runId) {
    return <RunPage key={run.runId} experimentId={run.id} runId={run.runId} tab={run.tab} />;
  }
  const experiment = matchPath("/experiments/:id/:tab?", path);
  if (experiment?.id) {
    return (
      <ExperimentPage key={experiment.id} experimentId={experiment.id} tab={experiment.tab} />
    );
  }
  if (path === "/" || path === "/experiments") return <ExperimentsPage />;
  return <MissingPage path={path} />;
}
