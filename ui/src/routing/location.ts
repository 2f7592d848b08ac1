/** Where the reader is: a path and a query, both kept behind the `#` of the address. */
export type Location = { path: string; query: URLSearchParams };

/** Read `#/experiments/1?filter=x`. Anything that is not a path is the start page. */
export function parseHash(hash: string): Location {
  const text = hash.startsWith("#") ? hash.slice(1) : hash;
  const cut = text.indexOf("?");
  const path = cut < 0 ? text : text.slice(0, cut);
  return {
    path: path.startsWith("/") ? path : "/",
    query: new URLSearchParams(cut < 0 ? "" : text.slice(cut + 1)),
  };
}

/** The address of a path and query; empty and undefined values are left out. */
export function formatHash(
  path: string,
  query: URLSearchParams | Record<string, string | undefined> = {},
): string {
  const params = query instanceof URLSearchParams ? query : new URLSearchParams();
  if (!(query instanceof URLSearchParams)) {
    for (const [key, value] of Object.entries(query)) if (value) params.set(key, value);
  }
  const text = params.toString();
  return `#${path}${text ? `?${text}` : ""}`;
}

/**
 * Match a path against a pattern such as `/experiments/:id/:tab?`.
 *
 * Returns the decoded names, or undefined where the path is another one. A last segment that
 * ends in `*` takes the rest of the path, slashes included.
 */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = segments(pattern);
  const given = segments(path);
  const found: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    if (part.startsWith(":") && part.endsWith("*")) {
      found[part.slice(1, -1)] = given.slice(index).map(decode).join("/");
      return found;
    }
    const value = given[index];
    if (!part.startsWith(":")) {
      if (part !== value) return undefined;
    } else if (value !== undefined) {
      found[part.replace(/^:|\?$/g, "")] = decode(value);
    } else if (!part.endsWith("?")) {
      return undefined;
    }
  }
  return given.length > wanted.length ? undefined : found;
}

function segments(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a stray % typed into the address bar is kept as it stands
  }
}
