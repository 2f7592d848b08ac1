import { expect, test } from "vitest";
import { pythonDict } from "../../../src/views/run/overview/pythonDict";

test("what reads as a Python value becomes one, everything else a string", () => {
  const params = [
    { key: "depth", value: "6" },
    { key: "rate", value: "-1e-05" },
    { key: "early", value: "True" },
    { key: "seed", value: "None" },
    { key: "limit", value: "inf" },
    { key: "zip", value: "00123" },
    { key: 'quo"te', value: 'a "b"\n\\' },
  ];
  expect(pythonDict(params)).toBe(
    [
      "{",
      '    "depth": 6,',
      '    "rate": -1e-05,',
      '    "early": True,',
      '    "seed": None,',
      '    "limit": float("inf"),',
      '    "zip": "00123",',
      String.raw`    "quo\"te": "a \"b\"\n\\",`,
      "}",
    ].join("\n"),
  );
});

test("no params are an empty dict", () => {
  expect(pythonDict([])).toBe("{}");
});
