import type { KnownField } from "../../../wire/fields";

/** What the charts of these runs can show. */
export type FieldChoices = { metrics: readonly string[]; params: readonly string[] };

export function fieldChoices(fields: readonly KnownField[]): FieldChoices {
  const keysOf = (kind: KnownField["kind"]) =>
    fields
      .filter((field) => field.kind === kind)
      .map(({ key }) => key)
      .sort(collator.compare);
  return { metrics: keysOf("metric"), params: keysOf("param") };
}

const collator = new Intl.Collator("en", { numeric: true });
