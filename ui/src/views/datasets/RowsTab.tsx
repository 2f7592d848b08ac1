import { useMemo } from "react";
import { EmptyState } from "../../components/EmptyState";
import { ErrorBox } from "../../components/ErrorBox";
import { PageSkeleton } from "../../components/PageSkeleton";
import { usePages } from "../../store/usePages";
import { type DatasetVersion, ROWS_PAGE, readRows } from "../../wire/datasets";
import { cellText } from "../run/artifacts/tables/cellText";
import { columnsOf } from "../run/artifacts/tables/columnsOf";
import { RowsTable } from "../run/artifacts/tables/RowsTable";
import { tableSize } from "../run/artifacts/tables/tableSize";

export type RowsTabProps = { version: DatasetVersion };

/** The rows of a version, read as they come on screen. */
export function RowsTab({ version }: RowsTabProps) {
  if (version.rows === null) {
    return (
      <EmptyState title="This version is no table">
        <p>It is one file of format {version.format}. Download it to open it.</p>
      </EmptyState>
    );
  }
  return <Rows version={version} rowCount={version.rows} />;
}

type RowsProps = { version: DatasetVersion; rowCount: number };

function Rows({ version: { name, version, profile }, rowCount }: RowsProps) {
  const pages = usePages(["datasets", name, "rows", version], ROWS_PAGE, async (page, signal) => {
    const found = await readRows(name, version, page * ROWS_PAGE, signal);
    return [found.columns, ...found.rows.map((row) => row.map(cellText))];
  });
  // The names travel with each page, as its first row.
  const first = pages.pageAt(0);
  const columns = useMemo(() => {
    const [names = [], ...rows] = first ?? [];
    const described = typeof profile === "object" ? (profile?.columns ?? []) : [];
    const types = new Map(described.map((column) => [column.name, column.type]));
    return columnsOf(
      { columns: names, rows },
      names.map((each) => types.get(each) ?? ""),
    );
  }, [first, profile]);
  if (pages.error) return <ErrorBox title="The rows did not load." error={pages.error} />;
  if (!first) return <PageSkeleton />;
  return (
    <RowsTable
      label={`Rows of ${name}`}
      columns={columns}
      rowCount={rowCount}
      rowAt={(index) => pages.pageAt(Math.floor(index / ROWS_PAGE))?.[(index % ROWS_PAGE) + 1]}
      onRange={pages.setRange}
      foot={tableSize(rowCount, columns.length)}
    />
  );
}
