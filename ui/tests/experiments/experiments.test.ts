import { expect, test } from "vitest";
import { firstLine } from "../../src/views/experiments/firstLine";
import { nameFilter } from "../../src/views/experiments/nameFilter";
import {
  formatExperimentSort,
  parseExperimentSort,
} from "../../src/views/experiments/useExperimentsState";

test("a note is told by its first sentence, not by its heading or marks", () => {
  expect(firstLine("# Title\n\nPredict **air time**.\nMore")).toBe("Predict air time.");
  expect(firstLine("# Title only")).toBe("Title only");
  expect(firstLine("")).toBe("");
});

test("a part of a name becomes a filter, whatever quotes it holds", () => {
  expect(nameFilter(" air ")).toBe("name ILIKE '%air%'");
  expect(nameFilter("bob's")).toBe('name ILIKE "%bob\'s%"');
  expect(nameFilter("  ")).toBe("");
});

test("an order that the address does not name is the last updated first", () => {
  expect(formatExperimentSort(parseExperimentSort(null))).toBe("last_update_time:desc");
  expect(formatExperimentSort(parseExperimentSort("name:asc"))).toBe("name:asc");
  expect(formatExperimentSort(parseExperimentSort("size:asc"))).toBe("last_update_time:desc");
});
