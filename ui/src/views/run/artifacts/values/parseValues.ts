/** A parsed value, or why there is none. */
export type Parsed = { value: unknown } | { problem: string };

/** Read JSON as Python writes it too: NaN and the infinities are words there. */
export function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text, exactNumber as (key: string, value: unknown) => unknown) };
  } catch (failure) {
    const odd = text.replace(/([:[,]\s*)(NaN|-?Infinity)(?=\s*[,\]}])/g, '$1"$2"');
    if (odd !== text) {
      try {
        return { value: JSON.parse(odd) };
      } catch {
        // The first message says what is wrong with the text as it stands.
      }
    }
    return { problem: `This is not JSON: ${String((failure as Error).message)}` };
  }
}

type Context = { source?: string } | undefined;

/** Whole numbers beyond what a double holds keep their digits, where the browser tells them. */
function exactNumber(_key: string, value: unknown, context: Context): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? "";
  return /^-?\d+$/.test(source) ? BigInt(source) : value;
}

/** Read JSON lines; the last one may be cut. */
export function parseLines(text: string): Parsed {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const values: unknown[] = [];
  for (const [index, line] of lines.entries()) {
    const parsed = parseJson(line);
    if ("value" in parsed) values.push(parsed.value);
    else if (index < lines.length - 1) {
      return { problem: `Line ${index + 1} is not JSON. ${parsed.problem}` };
    }
  }
  return { value: values };
}
