import { type InputHTMLAttributes, useId } from "react";
import "./Field.css";

export type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, "onChange"> & {
  label: string;
  /** What the field means, or what happens when it stays empty. */
  hint?: string;
  onChange: (value: string) => void;
};

/** One line of a form, with its name above and a hint below. */
export function Field({ label, hint, onChange, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className="Field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="TextInput"
        spellCheck={false}
        autoComplete="off"
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      />
      {hint && (
        <p id={`${id}-hint`} className="Field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
