import { expect, test } from "vitest";
import { readSettings, settingsQuery, usefulAxis } from "../../../src/views/charts/chartSettings";

test("settings survive the way through the address", () => {
  const settings = { xAxis: "relative", smoothing: 0.6, isLog: true } as const;
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(settingsQuery(settings))) {
    if (value) query.set(key, value);
  }
  expect(readSettings(query)).toEqual(settings);
});

test("what is absent or wrong in the address is the default", () => {
  const defaults = { xAxis: "step", smoothing: 0, isLog: false };
  expect(readSettings(new URLSearchParams())).toEqual(defaults);
  expect(readSettings(new URLSearchParams("x=moon&smooth=7&log=maybe"))).toEqual(defaults);
});

test("points that all lie at one step are shown over time", () => {
  expect(usefulAxis("step", [0, 0, 0])).toBe("relative");
  expect(usefulAxis("step", [0, 1])).toBe("step");
  expect(usefulAxis("step", [0])).toBe("step");
  expect(usefulAxis("time", [0, 0])).toBe("time");
});
