import "./Segmented.css";

export type Segment<T extends string> = { id: T; label: string };

export type SegmentedProps<T extends string> = {
  label: string;
  segments: readonly Segment<T>[];
  active: T;
  onChange: (id: T) => void;
};

/** A choice of a few, all in sight. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { label, segments, active, onChange } = props;
  return (
    <fieldset className="Segmented" aria-label={label}>
      {segments.map((segment) => (
        <button
          key={segment.id}
          type="button"
          aria-pressed={segment.id === active}
          onClick={() => onChange(segment.id)}
        >
          {segment.label}
        </button>
      ))}
    </fieldset>
  );
}
