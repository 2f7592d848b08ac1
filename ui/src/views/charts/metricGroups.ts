import type { Metric } from "../../wire/types";

/** Metrics whose keys share what stands before the first slash. */
export type MetricGroup = {
  /** The shared prefix; empty for keys without a slash. */
  name: string;
  isSystem: boolean;
  keys: string[];
};

const SYSTEM = "system";

/** Group keys by prefix: plain ones first, then prefixes by name, the machine's own last. */
export function metricGroups(keys: readonly string[]): MetricGroup[] {
  const groups = new Map<string, string[]>();
  for (const key of keys.toSorted((a, b) => a.localeCompare(b))) {
    const name = prefixOf(key);
    const known = groups.get(name);
    if (known) known.push(key);
    else groups.set(name, [key]);
  }
  return [...groups]
    .map(([name, members]) => ({ name, isSystem: name === SYSTEM, keys: members }))
    .sort((a, b) => Number(a.isSystem) - Number(b.isSystem) || a.name.localeCompare(b.name));
}

/** Groups of one key join those without a prefix: a title for one chart is a waste of room. */
export function joinLoners(groups: readonly MetricGroup[]): MetricGroup[] {
  const isLoner = (group: MetricGroup) =>
    !group.isSystem && (group.name === "" || group.keys.length === 1);
  const loners = groups.filter(isLoner).flatMap(({ keys }) => keys);
  const others = groups.filter((group) => !isLoner(group));
  if (loners.length === 0) return others;
  return [{ name: "", isSystem: false, keys: loners }, ...others];
}

/** A metric's name without its group's prefix, for where the group is named already. */
export function shortName(key: string): string {
  const prefix = prefixOf(key);
  return prefix ? key.slice(prefix.length + 1) : key;
}

/** Keys that contain every word of the filter, in any order and case. */
export function matchingKeys(keys: readonly string[], filter: string): string[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return keys.filter((key) => words.every((word) => key.toLowerCase().includes(word)));
}

/**
 * Part metrics that look like one value from those that look like curves.
 *
 * A latest step of 0 nearly always means that the metric was logged once.
 */
export function splitSingles(
  keys: readonly string[],
  metrics: readonly Metric[],
): { values: string[]; curves: string[] } {
  const steps = new Map(metrics.map(({ key, step }) => [key, Number(step)]));
  return {
    values: keys.filter((key) => steps.get(key) === 0),
    curves: keys.filter((key) => steps.get(key) !== 0),
  };
}

function prefixOf(key: string): string {
  const cut = key.indexOf("/");
  return cut > 0 ? key.slice(0, cut) : "";
}
