import { quote, quoteKey } from "./filter";
import { type Token, tokenize } from "./lexer";

/** What is known about the runs on the screen, for completion. */
export type KnownKeys = {
  metrics: readonly string[];
  params: readonly string[];
  tags: readonly string[];
  /** Distinct values of one param or tag, most frequent first. */
  valuesOf: (kind: "params" | "tags", key: string) => readonly string[];
};

export type Suggestion = { text: string; hint: string };

/** Suggestions, and the part of the text that one of them replaces. */
export type Completion = { from: number; to: number; items: Suggestion[] };

const LIMIT = 50;
const NUMERIC = ["=", "!=", ">", ">=", "<", "<="];
const TEXT = ["=", "!=", "LIKE", "ILIKE"];
const STATUSES = ["FINISHED", "RUNNING", "FAILED", "KILLED", "SCHEDULED"];
const ATTRIBUTES: Record<string, string> = {
  run_name: "name",
  status: "status",
  start_time: "milliseconds",
  end_time: "milliseconds",
  user_id: "user",
  run_id: "id",
  artifact_uri: "address",
};
const ENTITIES: Record<string, "metrics" | "params" | "tags"> = {
  metrics: "metrics",
  metric: "metrics",
  params: "params",
  param: "params",
  parameters: "params",
  parameter: "params",
  tags: "tags",
  tag: "tags",
};

/** What may stand at the caret, best first. */
export function complete(text: string, caret: number, known: KnownKeys): Completion {
  const tokens = tokenize(text.slice(0, caret));
  const last = tokens.at(-1);
  // The word under the caret is being typed; a closed string or an operator is done.
  const isTyping = last !== undefined && last.to === caret && isOpen(last);
  const clause = lastClause(isTyping ? tokens.slice(0, -1) : tokens);
  const typed = isTyping ? last.text : "";
  const found = narrow(expected(clause, known), typed);
  return { from: isTyping ? last.from : caret, to: caret, items: found.slice(0, LIMIT) };
}

function isOpen(token: Token): boolean {
  if (token.kind === "word") return true;
  if (token.kind !== "string") return false;
  return token.text.length === 1 || token.text.at(-1) !== token.text.at(0);
}

function lastClause(tokens: Token[]): Token[] {
  const and = tokens.findLastIndex(
    ({ kind, text }) => kind === "word" && text.toUpperCase() === "AND",
  );
  return tokens.slice(and + 1);
}

function expected(clause: Token[], known: KnownKeys): Suggestion[] {
  const [field, operator, value] = clause;
  if (!field) return fields(known);
  if (!operator) return operatorsOf(field.text).map((text) => ({ text, hint: "" }));
  if (!value) return valuesFor(field.text, operator.text, known);
  return operator.text.toUpperCase() === "IN" ? [] : [{ text: "AND", hint: "another condition" }];
}

function fields(known: KnownKeys): Suggestion[] {
  return [
    ...known.metrics.map((key) => ({ text: `metrics.${quoteKey(key)}`, hint: "metric" })),
    ...known.params.map((key) => ({ text: `params.${quoteKey(key)}`, hint: "param" })),
    ...Object.entries(ATTRIBUTES).map(([key, hint]) => ({ text: `attributes.${key}`, hint })),
    ...known.tags.map((key) => ({ text: `tags.${quoteKey(key)}`, hint: "tag" })),
    ...["name", "digest", "context"].map((key) => ({ text: `datasets.${key}`, hint: "dataset" })),
  ];
}

function operatorsOf(field: string): string[] {
  const { entity, key } = splitField(field);
  if (entity === "metrics" || key === "start_time" || key === "end_time") return NUMERIC;
  if (entity === "params" || entity === "tags") return [...TEXT, "IS NULL", "IS NOT NULL"];
  return key === "run_id" ? [...TEXT, "IN", "NOT IN"] : TEXT;
}

function valuesFor(field: string, operator: string, known: KnownKeys): Suggestion[] {
  const { entity, key } = splitField(field);
  if (operator.toUpperCase() === "IS") {
    return ["NULL", "NOT NULL"].map((text) => ({ text, hint: "" }));
  }
  if (key === "status") return STATUSES.map((status) => ({ text: quote(status), hint: "" }));
  if (entity !== "params" && entity !== "tags") return [];
  return known.valuesOf(entity, key).map((value) => ({ text: quote(value), hint: "" }));
}

function splitField(field: string) {
  const dot = field.indexOf(".");
  const prefix = field.slice(0, Math.max(dot, 0)).toLowerCase();
  const key = field.slice(dot + 1).replace(/^[`"]|[`"]$/g, "");
  return { entity: ENTITIES[prefix], key };
}

/** Those that contain what was typed; those that begin with it, or whose key does, first. */
function narrow(items: Suggestion[], typed: string): Suggestion[] {
  const wanted = plain(typed);
  if (wanted === "") return items;
  const ranked = items
    .map((item) => ({ item, rank: rankOf(plain(item.text), wanted) }))
    .filter(({ rank }) => rank < 3);
  if (ranked.length === 1 && ranked[0]?.item.text === typed) return [];
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}

function rankOf(text: string, wanted: string): number {
  if (text.startsWith(wanted)) return 0;
  if (text.slice(text.indexOf(".") + 1).startsWith(wanted)) return 1;
  return text.includes(wanted) ? 2 : 3;
}

function plain(text: string): string {
  return text.replace(/[`"']/g, "").toLowerCase();
}
