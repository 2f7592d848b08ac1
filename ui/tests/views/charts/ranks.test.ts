import { expect, test } from "vitest";
import { rankLabel, rankSets, splitRank } from "../../../src/views/charts/ranks";

test("keys of ranks belong to one metric, in the order of the ranks", () => {
  expect(rankSets(["loss/rank:10", "acc", "loss/rank:2", "loss"])).toEqual([
    { name: "loss", keys: ["loss", "loss/rank:2", "loss/rank:10"] },
    { name: "acc", keys: ["acc"] },
  ]);
});

test("only a number after the last slash is a rank", () => {
  expect(splitRank("train/loss/rank:3")).toEqual({ name: "train/loss", rank: 3 });
  expect(splitRank("rank:3")).toEqual({ name: "rank:3", rank: undefined });
  expect(splitRank("loss/rank:x")).toEqual({ name: "loss/rank:x", rank: undefined });
});

test("a rank is named in words", () => {
  expect(rankLabel("loss/rank:3")).toBe("rank 3");
  expect(rankLabel("loss")).toBe("no rank");
});
