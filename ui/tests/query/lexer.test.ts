import { expect, test } from "vitest";
import { tokenize } from "../../src/views/experiment/query/lexer";

const texts = (text: string) => tokenize(text).map((token) => token.text);

test("a filter is cut into keys, operators and values", () => {
  expect(texts("metrics.a<=1 AND params.`x y` = 'b c'")).toEqual([
    "metrics.a",
    "<=",
    "1",
    "AND",
    "params.`x y`",
    "=",
    "'b c'",
  ]);
  expect(texts('tags."a b" IN (\'x\',"y")')).toEqual([
    'tags."a b"',
    "IN",
    "(",
    "'x'",
    ",",
    '"y"',
    ")",
  ]);
});

test("a quote that is not closed runs to the end", () => {
  expect(texts("params.a = 'b AND c")).toEqual(["params.a", "=", "'b AND c"]);
});
