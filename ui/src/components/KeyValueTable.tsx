import { type ReactNode, useState } from "react";
import { SearchField } from "./SearchField";
import "./KeyValueTable.css";

export type KeyValueRow = {
  key: string;
  /** What is shown; `text` is what the filter looks at and hover shows. */
  value: ReactNode;
  text: string;
};

export type KeyValueTableProps = {
  title: string;
  rows: KeyValueRow[];
  /** Said when there are no rows at all. */
  empty: string;
  /** Numbers stand right-aligned in tabular figures. */
  isNumeric?: boolean;
};

/** Keys and values of one run, with a box that narrows them as one types. */
export function KeyValueTable({ title, rows, empty, isNumeric }: KeyValueTableProps) {
  const [needle, setNeedle] = useState("");
  const wanted = needle.trim().toLowerCase();
  const shown = rows.filter(
    ({ key, text }) => key.toLowerCase().includes(wanted) || text.toLowerCase().includes(wanted),
  );
  return (
    <section className="KeyValueTable" aria-label={title}>
      <header className="KeyValueTable-head">
        <h2>{title}</h2>
        <span className="KeyValueTable-count">
          {wanted ? `${shown.length} of ${rows.length}` : rows.length}
        </span>
        {rows.length > 8 && (
          <SearchField
            label={`Filter ${title.toLowerCase()}`}
            value={needle}
            onChange={setNeedle}
          />
        )}
      </header>
      {rows.length === 0 && <p className="muted KeyValueTable-empty">{empty}</p>}
      {rows.length > 0 && shown.length === 0 && (
        <p className="muted KeyValueTable-empty">Nothing matches “{needle}”.</p>
      )}
      <dl>
        {shown.map(({ key, value, text }) => (
          <div key={key} className="KeyValueTable-row">
            <dt className="clip mono" title={key}>
              {key}
            </dt>
            <dd className={isNumeric ? "num" : "mono"} title={text}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
