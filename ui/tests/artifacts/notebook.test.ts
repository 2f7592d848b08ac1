import { expect, test } from "vitest";
import { readNotebook } from "../../src/views/run/artifacts/notebook/notebook";

const code = (...outputs: unknown[]) => ({
  nbformat: 4,
  cells: [{ cell_type: "code", source: ["a\n", "b"], execution_count: 1, outputs }],
});
const outputsOf = (...outputs: unknown[]) => {
  const cell = readNotebook(code(...outputs))?.cells[0];
  return cell?.kind === "code" ? cell.outputs : undefined;
};

test("cells have their text, their number and what they put out", () => {
  const notebook = readNotebook(code({ output_type: "stream", name: "stderr", text: "hm" }));
  expect(notebook).toEqual({
    language: "python",
    cells: [
      {
        kind: "code",
        text: "a\nb",
        count: 1,
        outputs: [{ kind: "text", text: "hm", isError: true }],
      },
    ],
  });
});

test("of several forms the richest is shown", () => {
  const data = { "text/plain": "t", "text/html": "<b>h</b>" };
  expect(outputsOf({ output_type: "display_data", data })).toEqual([
    { kind: "html", html: "<b>h</b>" },
  ]);
  const picture = { ...data, "image/png": "QUJD\n" };
  expect(outputsOf({ output_type: "display_data", data: picture })).toEqual([
    { kind: "image", url: "data:image/png;base64,QUJD" },
  ]);
});

test("a drawing becomes the source of a picture", () => {
  const data = { "image/svg+xml": ["<svg>", "</svg>"] };
  expect(outputsOf({ output_type: "display_data", data })).toEqual([
    { kind: "image", url: "data:image/svg+xml;charset=utf-8,%3Csvg%3E%3C%2Fsvg%3E" },
  ]);
});

test("a terminal's colours go, and of a bar its last state stays", () => {
  const text = "\u001b[31mred\u001b[0m\n 10%\r 50%\r100%\n";
  expect(outputsOf({ output_type: "stream", text })).toEqual([
    { kind: "text", text: "red\n100%\n", isError: false },
  ]);
});

test("notebooks of format 3 are read", () => {
  const cells = [{ cell_type: "code", input: "x", prompt_number: 2, outputs: [{ png: "QQ==" }] }];
  expect(readNotebook({ nbformat: 3, worksheets: [{ cells }] })?.cells[0]).toMatchObject({
    text: "x",
    count: 2,
    outputs: [{ kind: "image", url: "data:image/png;base64,QQ==" }],
  });
});

test("pictures that hang on a cell stand where the text names them", () => {
  const cell = {
    cell_type: "markdown",
    source: "![x](attachment:a.png)",
    attachments: { "a.png": { "image/png": "QQ==" } },
  };
  expect(readNotebook({ nbformat: 4, cells: [cell] })?.cells[0]).toEqual({
    kind: "markdown",
    text: "![x](data:image/png;base64,QQ==)",
  });
});

test("what is no notebook is not read as one", () => {
  expect(readNotebook({ a: 1 })).toBeUndefined();
  expect(readNotebook([])).toBeUndefined();
});
