import { useEffect, useRef } from "react";
import { BeakerIcon } from "../../components/icons/BeakerIcon";
import { DatasetIcon } from "../../components/icons/DatasetIcon";
import { Link } from "../../components/Link";
import { Mark } from "../../components/Mark";
import { paths } from "../../routing/paths";
import type { Route } from "../../routing/route";
import { useExperiment } from "../../store/useExperiment";
import { useExperiments } from "../../store/useExperiments";
import "./Rail.css";

export type RailProps = { route: Route; isCollapsed: boolean };

/** Where one can go: the places of the application, and the experiments touched last. */
export function Rail({ route, isCollapsed }: RailProps) {
  const isHere = route.page === "experiments";
  return (
    <nav className={isCollapsed ? "Rail is-narrow" : "Rail"} aria-label="Main">
      <Link className="Rail-brand" to={paths.home()} aria-label="Epochal, home">
        <Mark size={20} />
        {!isCollapsed && <span>Epochal</span>}
      </Link>
      <Link
        className="Rail-item"
        to={paths.experiments()}
        title={isCollapsed ? "Experiments" : undefined}
        aria-label="Experiments"
        aria-current={isHere ? "page" : undefined}
      >
        <BeakerIcon />
        {!isCollapsed && <span>Experiments</span>}
      </Link>
      <Link
        className="Rail-item"
        to={paths.datasets()}
        title={isCollapsed ? "Datasets" : undefined}
        aria-label="Datasets"
        aria-current={route.page === "datasets" || route.page === "dataset" ? "page" : undefined}
      >
        <DatasetIcon />
        {!isCollapsed && <span>Datasets</span>}
      </Link>
      {!isCollapsed && <RecentExperiments route={route} />}
    </nav>
  );
}

type RecentExperimentsProps = { route: Route };

function RecentExperiments({ route }: RecentExperimentsProps) {
  const { data } = useExperiments({
    filter: "",
    orderBy: ["last_update_time DESC"],
    viewType: "ACTIVE_ONLY",
  });
  const active = "experimentId" in route ? route.experimentId : undefined;
  const recent = data?.pages[0]?.experiments ?? [];
  const isListed = recent.some(({ experiment_id: id }) => id === active);
  return (
    <ul className="Rail-experiments" aria-label="Recent experiments">
      {active && data && !isListed && <OlderExperiment id={active} />}
      {recent.map(({ experiment_id: id, name }) => (
        <ExperimentItem key={id} id={id} name={name} isHere={id === active} />
      ))}
    </ul>
  );
}

type OlderExperimentProps = { id: string };

/** The experiment on the screen, when it is not among those touched last. */
function OlderExperiment({ id }: OlderExperimentProps) {
  const { data } = useExperiment(id);
  return data ? <ExperimentItem id={id} name={data.name} isHere /> : null;
}

type ExperimentItemProps = { id: string; name: string; isHere: boolean };

function ExperimentItem({ id, name, isHere }: ExperimentItemProps) {
  const ref = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isHere) ref.current?.scrollIntoView({ block: "nearest" });
  }, [isHere]);
  return (
    <li ref={ref}>
      <Link
        className="Rail-experiment clip"
        to={paths.experiment(id)}
        title={name}
        aria-current={isHere ? "page" : undefined}
      >
        {name}
      </Link>
    </li>
  );
}
