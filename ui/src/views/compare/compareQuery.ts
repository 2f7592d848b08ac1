/** More columns than these nobody reads. */
export const MOST_RUNS = 100;

/** Run ids of an address: `a,b` as we write them, or `["a","b"]` as MLflow does; each once. */
export function readRunIds(text: string | null): string[] {
  const given = (text ?? "").trim();
  const ids = given.startsWith("[") ? readJson(given) : given.split(",");
  return [...new Set(ids.map((id) => id.trim()).filter(Boolean))];
}

function readJson(text: string): string[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

/** Which end of a metric is the better one, where that is known. */
export type Better = "low" | "high";

/** What readers said about metrics, as it stands in the address: `+auc,-rmse,~seconds`. */
export type Directions = ReadonlyMap<string, Better | "none">;

const SIGNS = { high: "+", low: "-", none: "~" } as const;

export function readDirections(text: string | null): Directions {
  const said = new Map<string, Better | "none">();
  for (const mark of (text ?? "").split(",").filter((each) => each.length > 1)) {
    const key = mark.slice(1).replaceAll("%2C", ",").replaceAll("%25", "%");
    for (const [word, sign] of Object.entries(SIGNS)) {
      if (mark.startsWith(sign)) said.set(key, word as keyof typeof SIGNS);
    }
  }
  return said;
}

export function writeDirections(directions: Directions): string {
  const escaped = (key: string) => key.replaceAll("%", "%25").replaceAll(",", "%2C");
  return [...directions].map(([key, word]) => `${SIGNS[word]}${escaped(key)}`).join(",");
}
