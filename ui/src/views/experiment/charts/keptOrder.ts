import type { KeptChart } from "../../../store/chartsTag";

/** Charts with one of them at another place; an id that is gone changes nothing. */
export function movedTo(charts: readonly KeptChart[], id: string, to: number): KeptChart[] {
  const moved = charts.find((chart) => chart.id === id);
  return moved ? insertedAt(without(charts, id), moved, to) : [...charts];
}

/** Charts with one more at a place, or at the end of them; never twice. */
export function insertedAt(
  charts: readonly KeptChart[],
  chart: KeptChart,
  at: number,
): KeptChart[] {
  return without(charts, chart.id).toSpliced(at, 0, chart);
}

/** Charts with a new version of one; at the end if that is gone meanwhile. */
export function replaced(charts: readonly KeptChart[], chart: KeptChart): KeptChart[] {
  const at = charts.findIndex(({ id }) => id === chart.id);
  return at < 0 ? [...charts, chart] : charts.with(at, chart);
}

export function without(charts: readonly KeptChart[], id: string): KeptChart[] {
  return charts.filter((chart) => chart.id !== id);
}
