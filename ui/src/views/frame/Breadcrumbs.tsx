import { ChevronRightIcon } from "../../components/icons/ChevronRightIcon";
import { Link } from "../../components/Link";
import { paths } from "../../routing/paths";
import type { Route } from "../../routing/route";
import { useExperiment } from "../../store/useExperiment";
import { useRun } from "../../store/useRun";

export type BreadcrumbsProps = { route: Route };

/** The way from the start to this page. */
export function Breadcrumbs({ route }: BreadcrumbsProps) {
  return (
    <nav className="Breadcrumbs" aria-label="Breadcrumbs">
      <ol>
        <FirstCrumb route={route} />
        {route.page === "dataset" && <Crumb label={route.name} />}
        {route.page === "compare" && <Crumb label="Compare runs" />}
        {"experimentId" in route && (
          <ExperimentCrumb id={route.experimentId} isLast={route.page === "experiment"} />
        )}
        {route.page === "run" && <RunCrumb id={route.runId} />}
      </ol>
    </nav>
  );
}

function FirstCrumb({ route }: BreadcrumbsProps) {
  if (route.page === "missing") return <Crumb label="Not found" />;
  if (route.page === "datasets") return <Crumb label="Datasets" />;
  if (route.page === "dataset") return <Crumb label="Datasets" to={paths.datasets()} />;
  const isBelow = "experimentId" in route || route.page === "compare";
  return <Crumb label="Experiments" to={isBelow ? paths.experiments() : undefined} />;
}

type CrumbProps = { label: string; to?: string };

function Crumb({ label, to }: CrumbProps) {
  return (
    <li aria-current={to ? undefined : "page"}>
      {to ? (
        <Link className="clip" to={to} title={label}>
          {label}
        </Link>
      ) : (
        <span className="clip" title={label}>
          {label}
        </span>
      )}
      {to && <ChevronRightIcon size={12} />}
    </li>
  );
}

type ExperimentCrumbProps = { id: string; isLast: boolean };

function ExperimentCrumb({ id, isLast }: ExperimentCrumbProps) {
  const { data } = useExperiment(id);
  return <Crumb label={data?.name ?? id} to={isLast ? undefined : paths.experiment(id)} />;
}

type RunCrumbProps = { id: string };

function RunCrumb({ id }: RunCrumbProps) {
  const { data } = useRun(id);
  return <Crumb label={data?.info.run_name || id} />;
}
