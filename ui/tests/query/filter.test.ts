import { expect, test } from "vitest";
import {
  isFilter,
  isUnfinished,
  quote,
  quoteKey,
  toFilter,
} from "../../src/views/experiment/query/filter";

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

test("brackets alone, and what they enclose, are meant as a filter", () => {
  for (const text of ["(((", "(", ") (", "(metrics.rmse", "(a = 1)"]) {
    expect(isFilter(text), text).toBe(true);
    expect(toFilter(text)).toBe(text);
  }
  expect(isFilter("(2)")).toBe(false);
  expect(isFilter("")).toBe(false);
});

test("the start of a field is not looked for among the names while it is typed", () => {
  for (const text of ["par", "params.", "metrics", "status ", "(met", "run_n"]) {
    expect(isUnfinished(text), text).toBe(true);
  }
  for (const text of ["", "lasso", "tuned", "parsed", "params of mine"]) {
    expect(isUnfinished(text), text).toBe(false);
  }
});
