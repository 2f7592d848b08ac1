import { postOurs } from "./client";

export type FieldKind = "attribute" | "metric" | "param" | "tag";

/** A field that runs of an experiment have. */
export type KnownField = {
  /** As a filter spells it. */
  field: string;
  kind: FieldKind;
  key: string;
  type: "number" | "text" | "date";
  /** How many runs have it, exactly or about. */
  count: number;
  is_exact?: boolean;
};

type FieldsPage = { fields: KnownField[]; next_page_token?: string };

const PAGE = 10_000;
/** More keys than these nobody picks from a list. */
const MOST = 20_000;

/** All fields of some experiments, page after page. */
export async function listFields(
  experimentIds: readonly string[],
  kinds: readonly FieldKind[],
  signal?: AbortSignal,
): Promise<KnownField[]> {
  const found: KnownField[] = [];
  let token = "";
  do {
    const page = await postOurs<FieldsPage>(
      "fields",
      { experiment_ids: experimentIds, kinds, max_results: PAGE, page_token: token },
      signal,
    );
    found.push(...page.fields);
    token = page.next_page_token ?? "";
  } while (token !== "" && found.length < MOST);
  return found;
}
