import { useQueries } from "@tanstack/react-query";
import { useCallback, useState } from "react";

type Row = readonly string[];

/** Rows that are read a page at a time, as they come on screen. */
export function usePages(
  key: readonly unknown[],
  size: number,
  read: (page: number, signal: AbortSignal) => Promise<Row[]>,
) {
  const [range, keepRange] = useState({ first: 0, last: 0 });
  const from = Math.floor(range.first / size);
  const count = Math.floor(range.last / size) - from + 1;
  // The first page says how wide columns are, wherever one looks.
  const wanted = [...new Set([0, ...Array.from({ length: count }, (_, index) => from + index)])];
  const results = useQueries({
    queries: wanted.map((page) => ({
      queryKey: [...key, "page", page],
      queryFn: ({ signal }: { signal: AbortSignal }) => read(page, signal),
      structuralSharing: false,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 30_000,
    })),
  });
  const setRange = useCallback(
    (first: number, last: number) =>
      keepRange((before) =>
        before.first === first && before.last === last ? before : { first, last },
      ),
    [],
  );
  const pageAt = (page: number) => results[wanted.indexOf(page)]?.data;
  return {
    setRange,
    pageAt,
    rowAt: (index: number) => pageAt(Math.floor(index / size))?.[index % size],
    error: results.find(({ error }) => error)?.error ?? undefined,
  };
}
