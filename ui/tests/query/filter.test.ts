import { expect, test } from "vitest";
import { isFilter, quote, quoteKey, toFilter } from "../../src/views/experiment/query/filter";

test("plain words look for a run by its name", () => {
  expect(toFilter("lasso 3")).toBe("attributes.run_name ILIKE '%lasso 3%'");
  expect(toFilter("like")).toBe("attributes.run_name ILIKE '%like%'");
  expect(toFilter("  ")).toBe("");
});

test("anything with an operator is sent as it stands", () => {
  for (const filter of ["metrics.a < 1", "params.`x y` LIKE 'a%'", "tags.t IS NULL", "a=b"]) {
    expect(isFilter(filter)).toBe(true);
    expect(toFilter(filter)).toBe(filter);
  }
});

test("an operator inside quotes does not make a filter", () => {
  expect(isFilter("'a = b'")).toBe(false);
});

test("a text is quoted by whichever quote it lacks", () => {
  expect(quote("it")).toBe("'it'");
  expect(quote("it's")).toBe('"it\'s"');
  expect(quote(`"it's"`)).toBe(`"_it's_"`);
});

test("a key with odd characters stands in backticks", () => {
  expect(quoteKey("rmse")).toBe("rmse");
  expect(quoteKey("mlflow.source.name")).toBe("mlflow.source.name");
  expect(quoteKey("val/rmse")).toBe("`val/rmse`");
  expect(quoteKey("a`b")).toBe('"a`b"');
});

test("words of the language, and fields alone, are meant as a filter", () => {
  for (const text of ["OR OR", "NOT", "metrics.rmse", "tags.model AND", "name in ('a')"]) {
    expect(isFilter(text), text).toBe(true);
  }
});

test("small words among plain ones are part of a name", () => {
  for (const text of ["trained in may", "this is it", "and so on", "run.1"]) {
    expect(isFilter(text), text).toBe(false);
  }
});
