import type { Column, ColumnGroup } from "./columns";

/** Which columns are shown: what differs from the first sight, so that an address stays short. */
export type Choice = { shown: ReadonlySet<string>; hidden: ReadonlySet<string> };

export const FIRST_CHOICE: Choice = { shown: new Set(), hidden: new Set() };

/** A column's own mark wins over its group's (`metrics.*`), which wins over the first sight. */
export function isShown(column: Column, choice: Choice): boolean {
  if (choice.shown.has(column.id)) return true;
  if (choice.hidden.has(column.id)) return false;
  if (choice.shown.has(`${column.group}.*`)) return true;
  if (choice.hidden.has(`${column.group}.*`)) return false;
  return column.isShownAtFirst;
}

/** Show or hide one column. */
export function chooseColumn(choice: Choice, column: Column, show: boolean): Choice {
  const shown = new Set(choice.shown);
  const hidden = new Set(choice.hidden);
  shown.delete(column.id);
  hidden.delete(column.id);
  if (isShown(column, { shown, hidden }) !== show) (show ? shown : hidden).add(column.id);
  return { shown, hidden };
}

/** Show one more column by its id, such as a summary that is no column yet. */
export function withColumn({ shown, hidden }: Choice, id: string): Choice {
  return {
    shown: new Set([...shown, id]),
    hidden: new Set([...hidden].filter((each) => each !== id)),
  };
}

/** Show or hide a whole group, forgetting what was said about its columns one by one. */
export function chooseGroup(choice: Choice, group: ColumnGroup, show: boolean): Choice {
  const others = (ids: ReadonlySet<string>) =>
    [...ids].filter((id) => !id.startsWith(`${group}.`));
  const shown = new Set(others(choice.shown));
  const hidden = new Set(others(choice.hidden));
  (show ? shown : hidden).add(`${group}.*`);
  return { shown, hidden };
}

/** A choice as text for the address: `+params.alpha,-metrics.*`; "" for the first sight. */
export function formatChoice({ shown, hidden }: Choice): string {
  const escaped = (id: string) => id.replaceAll("%", "%25").replaceAll(",", "%2C");
  return [
    ...[...shown].map((id) => `+${escaped(id)}`),
    ...[...hidden].map((id) => `-${escaped(id)}`),
  ].join(",");
}

/** Read what `formatChoice` wrote; what it did not write is left out. */
export function parseChoice(text: string): Choice {
  const marks = text.split(",").filter((mark) => mark.length > 1);
  const pick = (sign: string) =>
    new Set(
      marks
        .filter((mark) => mark.startsWith(sign))
        .map((mark) => mark.slice(1).replaceAll("%2C", ",").replaceAll("%25", "%")),
    );
  return { shown: pick("+"), hidden: pick("-") };
}
