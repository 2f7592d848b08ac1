import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { formatBytes } from "../../../../format/numbers";
import { usePages } from "../../../../store/usePages";
import type { FileInfo } from "../../../../wire/types";
import { FileCard } from "../FileCard";
import { PreviewSkeleton } from "../PreviewSkeleton";
import { columnsOf, nextSorting } from "./columnsOf";
import { type Sorting, sortedRows } from "./delimited";
import { openParquet, type ParquetFile } from "./parquetFile";
import { RowsTable } from "./RowsTable";
import { tableSize } from "./tableSize";

export type ParquetPreviewProps = { runId: string; file: FileInfo };

const PAGE = 200;
/** Sorting reads the whole file; a page holds this much of one. */
const MOST_SORTED_BYTES = 64_000_000;
const MOST_SORTED_CELLS = 5_000_000;

/** A Parquet file as a table, of which only what is looked at is read. */
export function ParquetPreview({ runId, file }: ParquetPreviewProps) {
  const bytes = Number(file.file_size ?? 0);
  const opened = useQuery({
    queryKey: ["run", runId, "parquet", file.path, bytes],
    queryFn: () => openParquet(runId, file.path, bytes),
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
  });
  if (opened.error) {
    const reason = `This cannot be read as Parquet: ${opened.error.message}`;
    return <FileCard runId={runId} file={file} reason={reason} />;
  }
  if (!opened.data) return <PreviewSkeleton />;
  return <ParquetTable parquet={opened.data} id={`${runId}/${file.path}`} bytes={bytes} />;
}

type ParquetTableProps = { parquet: ParquetFile; id: string; bytes: number };

function ParquetTable({ parquet, id, bytes }: ParquetTableProps) {
  const { rowCount, columns: given } = parquet;
  const [sorting, setSorting] = useState<Sorting>();
  const canSort = bytes <= MOST_SORTED_BYTES && rowCount * given.length <= MOST_SORTED_CELLS;
  const pages = usePages(["parquet", id], PAGE, (page) =>
    parquet.readRows(page * PAGE, Math.min(rowCount, (page + 1) * PAGE)),
  );
  const whole = useQuery({
    queryKey: ["parquet", id, "all"],
    queryFn: () => parquet.readRows(0, rowCount),
    enabled: sorting !== undefined,
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
  });
  const names = useMemo(() => given.map(({ name }) => name), [given]);
  const order = useMemo(
    () => whole.data && sortedRows({ columns: names, rows: whole.data }, sorting),
    [whole.data, names, sorting],
  );
  const sample = pages.pageAt(0);
  const columns = useMemo(
    () =>
      columnsOf(
        { columns: names, rows: sample ?? [] },
        given.map(({ type }) => type),
      ),
    [names, sample, given],
  );
  const rowAt = (index: number) => {
    if (!sorting) return pages.rowAt(index);
    return order && whole.data ? whole.data[order[index] ?? 0] : undefined;
  };
  const problem = pages.error ?? whole.error;
  return (
    <RowsTable
      label="Content of the file"
      columns={columns}
      rowCount={rowCount}
      rowAt={rowAt}
      sorting={sorting}
      onSort={canSort ? (column) => setSorting(nextSorting(sorting, column)) : undefined}
      onRange={pages.setRange}
      foot={
        <>
          {tableSize(rowCount, given.length)}
          {!canSort && `; sorted up to ${formatBytes(MOST_SORTED_BYTES)} only`}
          {problem && <span role="alert">; some rows cannot be read: {problem.message}</span>}
        </>
      }
    />
  );
}
