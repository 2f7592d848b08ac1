/** One thing that a cell put out. */
export type Output =
  | { kind: "text"; text: string; isError: boolean }
  | { kind: "image"; url: string }
  | { kind: "html"; html: string }
  | { kind: "markdown"; text: string };

export type NotebookCell =
  | { kind: "markdown"; text: string }
  | { kind: "raw"; text: string }
  | { kind: "code"; text: string; count: number | undefined; outputs: Output[] };

export type Notebook = { language: string; cells: NotebookCell[] };

type Json = Record<string, unknown>;

/** Pictures that a notebook may hold, best first. */
const PICTURES = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"];

/** Read a Jupyter notebook of format 3 or 4; undefined for what is none. */
export function readNotebook(value: unknown): Notebook | undefined {
  if (!isObject(value)) return undefined;
  const sheets = Array.isArray(value.worksheets) ? value.worksheets : [value];
  const cells = sheets.flatMap((sheet: unknown) =>
    isObject(sheet) && Array.isArray(sheet.cells) ? (sheet.cells as unknown[]) : [],
  );
  if (!("nbformat" in value) && cells.length === 0) return undefined;
  return { language: languageOf(value.metadata), cells: cells.filter(isObject).map(readCell) };
}

function languageOf(metadata: unknown): string {
  if (!isObject(metadata)) return "python";
  for (const each of [metadata.language_info, metadata.kernelspec]) {
    if (!isObject(each)) continue;
    const name = each.name ?? each.language;
    if (typeof name === "string" && /^[a-z]+$/i.test(name)) return name.toLowerCase();
  }
  return "python";
}

function readCell(cell: Json): NotebookCell {
  const text = joined(cell.source ?? cell.input);
  if (cell.cell_type === "code") {
    const outputs = Array.isArray(cell.outputs) ? cell.outputs.filter(isObject) : [];
    const count = cell.execution_count ?? cell.prompt_number;
    return {
      kind: "code",
      text,
      count: typeof count === "number" ? count : undefined,
      outputs: outputs.flatMap(readOutput),
    };
  }
  if (cell.cell_type === "markdown") return { kind: "markdown", text: withPictures(text, cell) };
  return { kind: "raw", text };
}

/** Pictures that hang on a cell are put where the text names them. */
function withPictures(text: string, cell: Json): string {
  const { attachments } = cell;
  if (!isObject(attachments)) return text;
  return text.replace(/\]\(attachment:([^)\s]+)\)/g, (whole, name: string) => {
    const held = attachments[decodeURI(name)];
    const url = isObject(held) ? pictureOf(held) : undefined;
    return url ? `](${url})` : whole;
  });
}

function readOutput(output: Json): Output[] {
  if (output.output_type === "stream") {
    return [{ kind: "text", text: plain(joined(output.text)), isError: output.name === "stderr" }];
  }
  if (output.output_type === "error" || output.output_type === "pyerr") {
    const trace = Array.isArray(output.traceback) ? output.traceback.map(String).join("\n") : "";
    const text = plain(trace || `${String(output.ename)}: ${String(output.evalue)}`);
    return [{ kind: "text", text, isError: true }];
  }
  // Format 3 keeps the data beside the type of the output.
  return readData(isObject(output.data) ? output.data : oldData(output));
}

function readData(data: Json): Output[] {
  const url = pictureOf(data);
  if (url) return [{ kind: "image", url }];
  const html = joined(data["text/html"]);
  if (html) return [{ kind: "html", html }];
  const markdown = joined(data["text/markdown"]);
  if (markdown) return [{ kind: "markdown", text: markdown }];
  const text = joined(data["text/plain"]);
  return text ? [{ kind: "text", text: plain(text), isError: false }] : [];
}

function pictureOf(data: Json): string | undefined {
  const type = PICTURES.find((each) => each in data);
  if (!type) return undefined;
  const content = joined(data[type]);
  // As the source of a picture, not as part of the page: a drawing's scripts stay dead.
  if (type === "image/svg+xml") return `data:${type};charset=utf-8,${encodeURIComponent(content)}`;
  return `data:${type};base64,${content.replace(/\s/g, "")}`;
}

function oldData(output: Json): Json {
  const names = { png: "image/png", jpeg: "image/jpeg", svg: "image/svg+xml" };
  const found: Json = { "text/html": output.html, "text/plain": output.text };
  for (const [old, type] of Object.entries(names)) if (output[old]) found[type] = output[old];
  return found;
}

/** Texts are kept as lists of lines, or as one. */
function joined(text: unknown): string {
  if (Array.isArray(text)) return text.map(String).join("");
  return typeof text === "string" ? text : "";
}

/** Text without the signs that colour a terminal; of a line written over, what stood last. */
function plain(text: string): string {
  const sign = String.fromCharCode(27);
  const bare = text.replaceAll(new RegExp(`${sign}\\[[0-9;?]*[A-Za-z]`, "g"), "");
  return bare
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => line.slice(line.lastIndexOf("\r", line.length - 2) + 1).replace(/\r$/, ""))
    .join("\n");
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
