import { expect, test } from "vitest";
import { highlight } from "../../src/views/run/artifacts/highlight";
import { tokenLines } from "../../src/views/run/artifacts/tokenLines";

test("colours that go over lines stay on each of them", () => {
  const lines = tokenLines('<span class="s">a\nb &lt;i&gt;</span> c');
  expect(lines).toEqual([
    [{ text: "a", kind: "s" }],
    [
      { text: "b <i>", kind: "s" },
      { text: " c", kind: "" },
    ],
  ]);
});

test("nested colours end where they began", () => {
  const [line] = tokenLines('<span class="a">1<span class="b">2</span>3</span>4');
  expect(line?.map(({ kind }) => kind)).toEqual(["a", "b", "a", ""]);
});

test("coloured text is the text", () => {
  const text = 'def f(x):\n    return "<b>" & x\n';
  const lines = highlight(text, "py") ?? [];
  expect(lines.map((line) => line.map(({ text: part }) => part).join("")).join("\n")).toBe(text);
  expect(lines[0]?.[0]).toEqual({ text: "def", kind: "hljs-keyword" });
});

test("an unknown language is not coloured", () => {
  expect(highlight("x", "klingon")).toBeUndefined();
});
