import type { Ref } from "react";
import { SearchIcon } from "./icons/SearchIcon";
import "./SearchField.css";

export type SearchFieldProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  ref?: Ref<HTMLInputElement>;
};

/** A box that narrows a list as one types; Esc clears it. */
export function SearchField({ label, value, onChange, ref }: SearchFieldProps) {
  return (
    <div className="SearchField">
      <SearchIcon size={14} className="SearchField-icon" />
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || value === "") return;
          event.stopPropagation();
          onChange("");
        }}
      />
    </div>
  );
}
