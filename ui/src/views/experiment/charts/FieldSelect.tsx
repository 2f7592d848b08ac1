import { useId } from "react";

export type FieldGroup = { name: string; options: readonly { id: string; label: string }[] };

export type FieldSelectProps = {
  label: string;
  value: string;
  groups: readonly FieldGroup[];
  onChange: (value: string) => void;
};

/** A choice of one field among those that the runs have. */
export function FieldSelect({ label, value, groups, onChange }: FieldSelectProps) {
  const id = useId();
  const isKnown = groups.some(({ options }) => options.some((option) => option.id === value));
  return (
    <div className="Field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="TextInput"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {!isKnown && value !== "" && <option value={value}>{value} (in no loaded run)</option>}
        {groups
          .filter(({ options }) => options.length > 0)
          .map(({ name, options }) => (
            <optgroup key={name} label={name}>
              {options.map((option) => (
                <option key={option.id} value={option.id}>
                  {option.label}
                </option>
              ))}
            </optgroup>
          ))}
      </select>
    </div>
  );
}
