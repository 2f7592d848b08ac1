/** Metrics that one chart shows together: a plain key, or the same key by each rank. */
export type MetricSet = { name: string; keys: readonly string[] };

const RANK = /^(.+)\/rank:(\d+)$/s;

/** What a key measures, and which of many writers measured it. */
export function splitRank(key: string): { name: string; rank: number | undefined } {
  const match = RANK.exec(key);
  return match?.[1] ? { name: match[1], rank: Number(match[2]) } : { name: key, rank: undefined };
}

/** Keys by what they measure, in their order; within one the plain key, then rank by rank. */
export function rankSets(keys: readonly string[]): MetricSet[] {
  const sets = new Map<string, string[]>();
  for (const key of keys) {
    const { name } = splitRank(key);
    const known = sets.get(name);
    if (known) known.push(key);
    else sets.set(name, [key]);
  }
  return [...sets].map(([name, members]) => ({ name, keys: members.sort(byRank) }));
}

/** `rank 3`, or `no rank` for the plain key beside them. */
export function rankLabel(key: string): string {
  const { rank } = splitRank(key);
  return rank === undefined ? "no rank" : `rank ${rank}`;
}

function byRank(one: string, other: string): number {
  return (splitRank(one).rank ?? -1) - (splitRank(other).rank ?? -1);
}
