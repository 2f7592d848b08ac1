import { expect, test } from "vitest";
import { rowOf } from "../../src/store/rows";
import { FIRST_CHOICE, isShown } from "../../src/views/experiment/runs/choice";
import { buildColumns } from "../../src/views/experiment/runs/columns";
import { toCsv } from "../../src/views/experiment/runs/csv";
import { SAMPLE_FIELDS, sampleRun } from "./sampleRun";

const rows = [rowOf(sampleRun("a"))];
const columns = buildColumns(SAMPLE_FIELDS, FIRST_CHOICE).filter((column) =>
  isShown(column, FIRST_CHOICE),
);

test("the file holds full values, times in UTC, and quotes what needs quoting", () => {
  expect(toCsv(rows, columns)).toBe(
    "Run id,Name,Created,Duration (s),metrics.val/rmse,params.model,tags.team\r\n" +
      `a,name-a,2023-11-14T22:13:20.000Z,4.2,0.1234567890123,"a ""b"", c",'=1+1\r\n`,
  );
});
