import { expect, test } from "vitest";
import { locateError, refusalText } from "../../src/views/experiment/query/locate";
import { ApiError } from "../../src/wire/errors";

const refusal = (message: string, position?: number) =>
  new ApiError({ status: 400, code: "INVALID_PARAMETER_VALUE", message, position });

test("the server's position is underlined to the end of its word", () => {
  expect(locateError("a.b < 1", refusal("no", 0))).toEqual({ from: 0, to: 3 });
});

test("a position at the end is underlined behind the text", () => {
  expect(locateError("a.b <", refusal("no", 5))).toEqual({ from: 5, to: 6 });
});

test("without a position the first quoted piece of the message is looked for", () => {
  const message = "Invalid entity type 'foo'. Valid values are ['metric', 'tag']";
  expect(locateError("metric.a < 3 AND foo.b = 'x'", refusal(message))).toEqual({
    from: 17,
    to: 20,
  });
});

test("nothing is underlined where nothing is known", () => {
  expect(locateError("a < 1", refusal("bad"))).toBeUndefined();
});

test("a sentence leaves the place out only where the place is underlined", () => {
  const error = refusal("Invalid attribute key 'color' (at character 0). Known: a.", 0);
  expect(refusalText("color = 'x'", error)).toBe("Invalid attribute key 'color'. Known: a.");
  expect(refusalText(undefined, error)).toBe(error.message);
  const quoteError = refusal("The quote ' at character 9 is never closed.", 9);
  expect(refusalText("params.a='x", quoteError)).toBe("The quote ' is never closed.");
  const earlyError = refusal("It ends too early, at character 3. More is missing.", 3);
  expect(refusalText("(((", earlyError)).toBe("It ends too early. More is missing.");
});

test("what the server names from start to end is underlined, in characters", () => {
  const error = new ApiError({ status: 400, code: "X", message: "no", position: 2, end: 5 });
  expect(locateError("😀 abc = 1", error)).toEqual({ from: 3, to: 6 });
});
