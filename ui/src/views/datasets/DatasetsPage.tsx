import { EmptyState } from "../../components/EmptyState";
import { ErrorBox } from "../../components/ErrorBox";
import { SearchField } from "../../components/SearchField";
import { Snippet } from "../../components/Snippet";
import { changeQuery, useLocation } from "../../routing/useLocation";
import { useDatasets } from "../../store/useDatasets";
import { useSettled } from "../../store/useSettled";
import { useSlash } from "../useSlash";
import { DatasetList } from "./DatasetList";
import "./DatasetsPage.css";

/** The named datasets of this store. */
export function DatasetsPage() {
  const { query } = useLocation();
  const needle = query.get("find") ?? "";
  const searchRef = useSlash();
  const found = useDatasets(useSettled(needle, 200));
  const datasets = found.data?.pages.flatMap((page) => page.datasets);
  return (
    <div className="DatasetsPage">
      <title>Datasets · Epochal</title>
      <header className="DatasetsPage-head">
        <h1>Datasets</h1>
        <SearchField
          ref={searchRef}
          label="Find by name"
          value={needle}
          onChange={(find) => changeQuery({ find })}
        />
      </header>
      {found.isError && !datasets ? (
        <ErrorBox
          title="The datasets could not be loaded."
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      ) : (
        <DatasetList
          datasets={datasets}
          hasMore={found.hasNextPage}
          onMore={() => !found.isFetchingNextPage && void found.fetchNextPage()}
        />
      )}
      {datasets?.length === 0 && <NoDatasets needle={needle} />}
    </div>
  );
}

function NoDatasets({ needle }: { needle: string }) {
  if (needle) return <EmptyState title={`No dataset's name contains “${needle}”`} />;
  return (
    <EmptyState title="There is no dataset yet">
      <p>
        Keep a table or a file under a name; each new content becomes a version, and what it shares
        with the ones before is stored once.
      </p>
      <Snippet label="Copy the lines" code={FIRST} />
    </EmptyState>
  );
}

const FIRST = `import epochal as mlflow

mlflow.log_dataset(df, name="flights", context="training")`;
