import { BeakerIcon } from "../../components/icons/BeakerIcon";
import { Link } from "../../components/Link";
import { Mark } from "../../components/Mark";
import { paths } from "../../routing/paths";
import type { Route } from "../../routing/route";
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
  return (
    <ul className="Rail-experiments" aria-label="Recent experiments">
      {data?.pages[0]?.experiments?.map(({ experiment_id: id, name }) => (
        <li key={id}>
          <Link
            className="Rail-experiment clip"
            to={paths.experiment(id)}
            title={name}
            aria-current={id === active ? "page" : undefined}
          >
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
