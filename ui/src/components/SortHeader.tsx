import { ArrowDownIcon } from "./icons/ArrowDownIcon";
import { ArrowUpIcon } from "./icons/ArrowUpIcon";
import "./SortHeader.css";

export type SortHeaderProps = {
  label: string;
  direction: "asc" | "desc" | undefined;
  onClick: () => void;
};

/** A column's head that orders by the column. */
export function SortHeader({ label, direction, onClick }: SortHeaderProps) {
  return (
    <div
      role="columnheader"
      aria-sort={
        direction === undefined ? "none" : direction === "asc" ? "ascending" : "descending"
      }
    >
      <button type="button" className="SortHeader" onClick={onClick}>
        {label}
        {direction === "asc" && <ArrowUpIcon size={12} />}
        {direction === "desc" && <ArrowDownIcon size={12} />}
      </button>
    </div>
  );
}
