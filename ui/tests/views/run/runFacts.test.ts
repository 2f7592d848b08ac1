import { expect, test } from "vitest";
import { runFacts, shortSource, splitTags } from "../../../src/views/run/runFacts";
import type { Run, Tag } from "../../../src/wire/types";

function run(tags: Tag[]): Run {
  return {
    info: { run_id: "r1", experiment_id: "1", status: "FINISHED", lifecycle_stage: "active" },
    data: { tags },
  };
}

test("facts come from the run and from the tracker's tags", () => {
  const facts = runFacts(
    run([
      { key: "mlflow.user", value: "ada" },
      { key: "mlflow.source.git.commit", value: "abc" },
      { key: "mlflow.source.git.repoURL", value: "git@example.org:team/repo.git" },
      { key: "mlflow.parentRunId", value: "p1" },
    ]),
  );
  expect(facts).toMatchObject({ name: "r1", user: "ada", parentId: "p1", note: "" });
  expect(facts.commitUrl).toBe("https://example.org/team/repo/commit/abc");
});

test("a repository that is no web address gives no link", () => {
  const tags = [
    { key: "mlflow.source.git.commit", value: "abc" },
    { key: "mlflow.source.git.repoURL", value: "javascript:alert(1)" },
  ];
  expect(runFacts(run(tags)).commitUrl).toBeUndefined();
});

test("people's tags and the tracker's are parted, both by key", () => {
  const tags = ["team", "mlflow.user", "a"].map((key) => ({ key, value: "" }));
  const { own, internal } = splitTags(tags);
  expect(own.map(({ key }) => key)).toEqual(["a", "team"]);
  expect(internal.map(({ key }) => key)).toEqual(["mlflow.user"]);
});

test("a source is named by the last part of its path", () => {
  expect(shortSource("/home/ada/train.py")).toBe("train.py");
  expect(shortSource("C:\\work\\train.py")).toBe("train.py");
});
