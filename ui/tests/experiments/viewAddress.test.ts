import { expect, test } from "vitest";
import {
  addressOf,
  isChanged,
  shownBy,
  viewQuery,
} from "../../src/views/experiment/views/viewAddress";
import type { SavedView } from "../../src/wire/views";

const query = new URLSearchParams(
  "filter=tags.model%3D'lasso'&sort=metrics.rmse:asc&view=7&x=time",
);

function view(saved: SavedView["query"]): SavedView {
  return {
    view_id: "7",
    name: "v",
    experiment_ids: ["1"],
    query: saved,
    owner: "",
    created_ms: 0,
    updated_ms: 0,
  };
}

test("a view keeps what is asked and how it is drawn, in words that scripts understand too", () => {
  expect(viewQuery(query)).toEqual({
    filter: "tags.model='lasso'",
    order_by: ["metrics.rmse ASC"],
    address: addressOf(query),
  });
});

test("showing a view takes away what it does not say", () => {
  const changes = shownBy(view(viewQuery(query)));
  expect(changes).toMatchObject({ view: "7", filter: "tags.model='lasso'", x: "time" });
  expect(changes.group).toBeUndefined();
  expect("group" in changes).toBe(true);
});

test("a page differs from its view once something else is shown", () => {
  const saved = view(viewQuery(query));
  expect(isChanged(saved, query)).toBe(false);
  const other = new URLSearchParams(query);
  other.set("sort", "metrics.rmse:desc");
  expect(isChanged(saved, other)).toBe(true);
});

test("a view that a script saved may have a filter only", () => {
  expect(shownBy(view({ filter: "params.a = '1'" })).filter).toBe("params.a = '1'");
});
