import { afterEach, expect, test, vi } from "vitest";
import { artifactUrl, get, post, queryString } from "../../src/wire/client";
import { readReachable } from "../../src/wire/reachability";

afterEach(() => vi.unstubAllGlobals());

/** Answers like a server and keeps the requests. */
function stubServer(answer: () => Response) {
  const requests: [string, RequestInit | undefined][] = [];
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
    requests.push([url, init]);
    return answer();
  });
  return requests;
}

test("addresses are relative, so that the page works below a prefix", async () => {
  const requests = stubServer(() => Response.json({ run: {} }));
  await get("runs/get", { run_id: "a b" });
  expect(requests[0]?.[0]).toBe("ajax-api/2.0/mlflow/runs/get?run_id=a+b");
  expect(artifactUrl("r", "m/x.txt")).toBe("get-artifact?path=m%2Fx.txt&run_uuid=r");
});

test("a list repeats its key and what is undefined is left out", () => {
  expect(queryString({ run_ids: ["a", "b"], key: undefined })).toBe("?run_ids=a&run_ids=b");
});

test("a body is sent as JSON", async () => {
  const requests = stubServer(() => Response.json({}));
  await post("runs/delete", { run_id: "x" });
  expect(requests[0]?.[1]).toMatchObject({ method: "POST", body: '{"run_id":"x"}' });
});

test("a lost line is told as unreachable, and the next answer as reachable again", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
  await expect(get("x")).rejects.toMatchObject({ code: "UNREACHABLE", isUnreachable: true });
  expect(readReachable()).toBe(false);
  stubServer(() => Response.json({}));
  await get("x");
  expect(readReachable()).toBe(true);
});

test("an answer that is not JSON is an error, not a crash", async () => {
  stubServer(() => new Response("<html>"));
  await expect(get("x")).rejects.toMatchObject({ code: "NOT_JSON" });
});
