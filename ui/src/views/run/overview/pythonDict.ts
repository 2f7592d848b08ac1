import type { Param } from "../../../wire/types";

/** Words that mean the same in Python as in a param's text. */
const CONSTANTS = new Set(["True", "False", "None"]);
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const NOT_FINITE = /^-?(?:nan|inf)$/;

/**
 * Params as a Python dict that can be pasted into a script.
 *
 * The store keeps texts only, so what reads as a number, a truth value or None becomes one
 * again; everything else is a string.
 */
export function pythonDict(params: readonly Param[]): string {
  const lines = params.map(({ key, value }) => `    ${quote(key)}: ${literal(value)},`);
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n}`;
}

function literal(value: string): string {
  if (CONSTANTS.has(value) || NUMBER.test(value)) return value;
  if (NOT_FINITE.test(value)) return `float("${value}")`;
  return quote(value);
}

/** JSON's escapes are a part of Python's, so its strings are Python strings. */
function quote(text: string): string {
  return JSON.stringify(text);
}
