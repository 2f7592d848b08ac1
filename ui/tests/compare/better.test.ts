import { expect, test } from "vitest";
import { bestOf, betterEnd, nextEnd } from "../../src/views/compare/better";

const silent = new Map();

test("a metric's name tells which end is better, where it does", () => {
  for (const key of ["loss", "val/RMSE", "train_seconds", "valid_mae"]) {
    expect(betterEnd(key, silent)).toBe("low");
  }
  for (const key of ["val/acc", "f1", "roc_auc", "r2", "test-accuracy"]) {
    expect(betterEnd(key, silent)).toBe("high");
  }
  for (const key of ["grad/norm", "lr", "glossary", "epoch", "loss/weight"]) {
    expect(betterEnd(key, silent)).toBeUndefined();
  }
});

test("what the reader said wins", () => {
  expect(betterEnd("loss", new Map([["loss", "high"]] as const))).toBe("high");
  expect(betterEnd("loss", new Map([["loss", "none"]] as const))).toBeUndefined();
  expect([undefined, "low", "high"].map((end) => nextEnd(end as "low"))).toEqual([
    "low",
    "high",
    "none",
  ]);
});

test("the best is the least or the most finite value; alike ones have none", () => {
  expect(bestOf([3, Number.NaN, 1, undefined], "low")).toBe(1);
  expect(bestOf([3, Number.POSITIVE_INFINITY, 1], "high")).toBe(3);
  expect(bestOf([2, 2], "low")).toBeUndefined();
  expect(bestOf([2, undefined], "low")).toBeUndefined();
  expect(bestOf([1, 2], undefined)).toBeUndefined();
});
