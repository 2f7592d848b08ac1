import { ApiError, errorFromBody } from "./errors";
import { type Packed, unpack } from "./msgpack";
import { reportReachable } from "./reachability";

/** Values of a query string; an array repeats the key, undefined leaves it out. */
export type Query = Record<string, string | number | boolean | string[] | undefined>;

/** Relative on purpose: the UI may be mounted below a prefix of its server. */
const API = "ajax-api/2.0/mlflow/";
/** What MLflow's protocol has no words for. */
export const OURS = "api/epochal/v1/";

/** GET `ajax-api/2.0/mlflow/<path>` and read its JSON. Rejects with `ApiError` only. */
export function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return send<T>(`${API}${path}${queryString(query)}`, { signal });
}

/** POST a JSON body to `ajax-api/2.0/mlflow/<path>`. Rejects with `ApiError` only. */
export function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return send<T>(`${API}${path}`, asJson(body, signal));
}

/** POST a JSON body to `api/epochal/v1/<path>`. Rejects with `ApiError` only. */
export function postOurs<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return send<T>(`${OURS}${path}`, asJson(body, signal));
}

/** GET `api/epochal/v1/<path>` and read its JSON. Rejects with `ApiError` only. */
export function getOurs<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return send<T>(`${OURS}${path}${queryString(query)}`, { signal });
}

/** POST like `postOurs`, and read an answer in MessagePack. Rejects with `ApiError` only. */
export async function postPacked(
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Packed> {
  const init = asJson(body, signal, "application/x-msgpack");
  const response = await request(`${OURS}${path}`, init);
  try {
    return unpack(new Uint8Array(await response.arrayBuffer()));
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new ApiError({
      status: response.status,
      code: "NOT_READABLE",
      message: `The server's answer cannot be read. ${String(failure)}`,
    });
  }
}

/** Where the bytes of one artifact of a run are read. */
export function artifactUrl(runId: string, path: string): string {
  return `get-artifact${queryString({ path, run_uuid: runId })}`;
}

/** A query string with its question mark, or nothing. */
export function queryString(query: Query): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(key, String(one));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

/** Fetch a same-origin address; any failure, of the line or the server, is an `ApiError`. */
export async function request(url: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: "same-origin", ...init });
  } catch (failure) {
    if (init.signal?.aborted) throw failure;
    reportReachable(false);
    throw new ApiError({
      status: 0,
      code: "UNREACHABLE",
      message: "The server cannot be reached. Check that it is running and that you are online.",
    });
  }
  if (response.ok) {
    reportReachable(true);
    return response;
  }
  const error = errorFromBody(response.status, await response.text());
  reportReachable(!error.isUnreachable);
  throw error;
}

function asJson(body: unknown, signal?: AbortSignal, accept = "application/json"): RequestInit {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: accept },
    body: JSON.stringify(body),
    signal: signal ?? null,
  };
}

async function send<T>(url: string, init: RequestInit): Promise<T> {
  const response = await request(url, init);
  try {
    return (await response.json()) as T;
  } catch (failure) {
    if (init.signal?.aborted) throw failure;
    throw new ApiError({
      status: response.status,
      code: "NOT_JSON",
      message: "The server's answer is not JSON. Is another program answering at this address?",
    });
  }
}
