/** Rows of a file that is a table; every row has as many cells as there are columns. */
export type Table = {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
};

/** Parse comma, semicolon or tab separated text; the first row names the columns. */
export function parseDelimited(text: string, extension: string): Table {
  const delimiter = extension === "tsv" ? "\t" : guessDelimiter(text);
  const [head = [], ...body] = records(text, delimiter);
  const width = Math.max(head.length, ...body.slice(0, 1000).map((row) => row.length));
  const columns = Array.from({ length: width }, (_, at) => head[at] ?? "");
  return { columns, rows: body.map((row) => columns.map((_, at) => row[at] ?? "")) };
}

/** Read a table logged by `log_table`: `{"columns": [...], "data": [[...], ...]}`. */
export function parseLoggedTable(text: string): Table | undefined {
  const parsed = parseJson(text);
  if (typeof parsed !== "object" || parsed === null) return undefined;
  if (!("columns" in parsed) || !("data" in parsed)) return undefined;
  const { columns, data } = parsed;
  if (!Array.isArray(columns) || !Array.isArray(data) || !data.every(Array.isArray)) {
    return undefined;
  }
  return {
    columns: columns.map(cellText),
    rows: data.map((row: unknown[]) => columns.map((_, at) => cellText(row[at]))),
  };
}

/** A number when the whole cell is one; its rank when sorting beside texts. */
export function cellNumber(cell: string): number | undefined {
  if (cell.trim() === "") return undefined;
  const number = Number(cell);
  return Number.isNaN(number) ? undefined : number;
}

/** Whether a column holds numbers, judged by its first filled cells. */
export function isNumericColumn(table: Table, column: number): boolean {
  let seen = 0;
  for (const row of table.rows) {
    const cell = row[column] ?? "";
    if (cell === "" || /^(nan|null|none)$/i.test(cell)) continue;
    if (cellNumber(cell) === undefined) return false;
    if (++seen >= 50) break;
  }
  return seen > 0;
}

export type Sorting = { column: number; isDescending: boolean };

/** The order of rows by one column: numbers by size, then texts, empty cells always last. */
export function sortedRows(table: Table, sorting: Sorting | undefined): number[] {
  const order = table.rows.map((_, index) => index);
  if (!sorting) return order;
  const cells = table.rows.map((row) => row[sorting.column] ?? "");
  const numbers = cells.map(cellNumber);
  const sign = sorting.isDescending ? -1 : 1;
  return order.sort((a, b) => {
    const [textA = "", textB = ""] = [cells[a], cells[b]];
    if (textA === "" || textB === "") return Number(textA === "") - Number(textB === "") || a - b;
    const [numberA, numberB] = [numbers[a], numbers[b]];
    if (numberA !== undefined && numberB !== undefined) return sign * (numberA - numberB) || a - b;
    if (numberA !== undefined || numberB !== undefined) return numberA !== undefined ? -1 : 1;
    return sign * textA.localeCompare(textB) || a - b;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function guessDelimiter(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]|$/));
  const counts = [",", ";", "\t"].map((mark) => ({ mark, count: line.split(mark).length }));
  return counts.sort((a, b) => b.count - a.count)[0]?.mark ?? ",";
}

/** Split text into records by RFC 4180: quotes may hold delimiters, line ends and quotes. */
function records(text: string, delimiter: string): string[][] {
  const found: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const { cell, end } = text[at] === '"' ? quoted(text, at) : plain(text, at, delimiter);
    row.push(cell);
    at = end;
    if (text[at] === delimiter) {
      at += 1;
      if (at === text.length) row.push("");
      continue;
    }
    at += text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1;
    if (row.length > 1 || row[0] !== "") found.push(row);
    row = [];
  }
  if (row.length > 0) found.push(row);
  return found;
}

type Cell = { cell: string; end: number };

function plain(text: string, start: number, delimiter: string): Cell {
  let end = start;
  while (
    end < text.length &&
    text[end] !== delimiter &&
    text[end] !== "\n" &&
    text[end] !== "\r"
  ) {
    end += 1;
  }
  return { cell: text.slice(start, end), end };
}

function quoted(text: string, start: number): Cell {
  let cell = "";
  let at = start + 1;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close < 0) return { cell: cell + text.slice(at), end: text.length };
    cell += text.slice(at, close);
    if (text[close + 1] !== '"') return { cell, end: close + 1 };
    cell += '"';
    at = close + 2;
  }
}
