import { useState } from "react";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorBox } from "../../components/ErrorBox";
import { PlusIcon } from "../../components/icons/PlusIcon";
import { SearchField } from "../../components/SearchField";
import { Segmented } from "../../components/Segmented";
import { paths } from "../../routing/paths";
import { navigate } from "../../routing/useLocation";
import { useExperiments } from "../../store/useExperiments";
import { useSettled } from "../../store/useSettled";
import { useSlash } from "../useSlash";
import { CreateExperiment } from "./CreateExperiment";
import { ExperimentList } from "./ExperimentList";
import { nameFilter } from "./nameFilter";
import { useExperimentsState } from "./useExperimentsState";
import "./ExperimentsPage.css";

const STATES = [
  { id: "active", label: "Active" },
  { id: "deleted", label: "Deleted" },
] as const;

/** All experiments of this store: find one, make one, put one away. */
export function ExperimentsPage() {
  const [state, change] = useExperimentsState();
  const [isCreating, setCreating] = useState(false);
  const searchRef = useSlash();
  const needle = useSettled(state.needle, 200);
  const found = useExperiments({
    filter: nameFilter(needle),
    orderBy: [`${state.sort.field} ${state.sort.isDescending ? "DESC" : "ASC"}`],
    viewType: state.isDeleted ? "DELETED_ONLY" : "ACTIVE_ONLY",
  });
  const experiments = found.data?.pages.flatMap((page) => page.experiments ?? []);
  return (
    <div className="ExperimentsPage">
      <title>Experiments · Epochal</title>
      <header className="ExperimentsPage-head">
        <h1>Experiments</h1>
        <SearchField
          ref={searchRef}
          label="Find by name"
          value={state.needle}
          onChange={(value) => change({ needle: value })}
        />
        <Segmented
          label="State"
          segments={STATES}
          active={state.isDeleted ? "deleted" : "active"}
          onChange={(id) => change({ isDeleted: id === "deleted" })}
        />
        <Button kind="primary" data-testid="new-experiment" onClick={() => setCreating(true)}>
          <PlusIcon size={14} /> New experiment
        </Button>
      </header>
      {found.isError && !experiments ? (
        <ErrorBox
          title="The experiments could not be loaded."
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      ) : (
        <ExperimentList
          experiments={experiments}
          sort={state.sort}
          onSort={(sort) => change({ sort })}
          hasMore={found.hasNextPage}
          onMore={() => !found.isFetchingNextPage && void found.fetchNextPage()}
        />
      )}
      {experiments?.length === 0 && <NoExperiments needle={needle} isDeleted={state.isDeleted} />}
      {isCreating && (
        <CreateExperiment
          onClose={() => setCreating(false)}
          onCreated={(id) => navigate(paths.experiment(id))}
        />
      )}
    </div>
  );
}

type NoExperimentsProps = { needle: string; isDeleted: boolean };

function NoExperiments({ needle, isDeleted }: NoExperimentsProps) {
  if (needle) return <EmptyState title={`No experiment's name contains “${needle}”`} />;
  if (isDeleted) return <EmptyState title="Nothing has been deleted" />;
  return (
    <EmptyState title="There is no experiment yet">
      <p>Create one here, or log a run from Python; its experiment then shows up by itself.</p>
    </EmptyState>
  );
}
