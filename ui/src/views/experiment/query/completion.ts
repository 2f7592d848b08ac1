import type { Candidate, Completion } from "../../../wire/completion";
import type { KnownField } from "../../../wire/fields";
import { quote, quoteKey } from "./filter";
import { type Token, tokenize } from "./lexer";

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

/** What may stand at the caret, best first, where the server does not say it. */
export function complete(text: string, caret: number, known: readonly KnownField[]): Completion {
  const tokens = tokenize(text.slice(0, caret));
  const last = tokens.at(-1);
  // The word under the caret is being typed; a closed string or an operator is done.
  const isTyping = last !== undefined && last.to === caret && isOpen(last);
  const clause = lastClause(isTyping ? tokens.slice(0, -1) : tokens);
  const typed = isTyping ? last.text : "";
  const found = narrow(expected(clause, known), typed);
  return {
    start: isTyping ? last.from : caret,
    end: caret,
    candidates: found.slice(0, LIMIT),
  };
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

function expected(clause: Token[], known: readonly KnownField[]): Candidate[] {
  const [field, operator, value] = clause;
  if (!field) return fields(known);
  if (!operator) return operatorsOf(field.text).map((text) => ({ text, kind: "operator" }));
  if (!value) return valuesFor(field.text, operator.text);
  return operator.text.toUpperCase() === "IN" ? [] : [{ text: "AND", kind: "operator" }];
}

function fields(known: readonly KnownField[]): Candidate[] {
  const attributes = Object.entries(ATTRIBUTES).map(([key, kind]) => ({
    text: `attributes.${key}`,
    kind,
  }));
  return [
    ...known.map(({ kind, key }) => ({ text: `${kind}s.${quoteKey(key)}`, kind })),
    ...attributes,
  ];
}

function operatorsOf(field: string): string[] {
  const { entity, key } = splitField(field);
  if (entity === "metrics" || key === "start_time" || key === "end_time") return NUMERIC;
  if (entity === "params" || entity === "tags") return [...TEXT, "IS NULL", "IS NOT NULL"];
  return key === "run_id" ? [...TEXT, "IN", "NOT IN"] : TEXT;
}

function valuesFor(field: string, operator: string): Candidate[] {
  if (operator.toUpperCase() === "IS") {
    return ["NULL", "NOT NULL"].map((text) => ({ text, kind: "value" }));
  }
  if (splitField(field).key !== "status") return [];
  return STATUSES.map((status) => ({ text: quote(status), kind: "value" }));
}

function splitField(field: string) {
  const dot = field.indexOf(".");
  const prefix = field.slice(0, Math.max(dot, 0)).toLowerCase();
  const key = field.slice(dot + 1).replace(/^[`"]|[`"]$/g, "");
  return { entity: ENTITIES[prefix], key };
}

/** Those that contain what was typed; those that begin with it, or whose key does, first. */
function narrow(items: Candidate[], typed: string): Candidate[] {
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
