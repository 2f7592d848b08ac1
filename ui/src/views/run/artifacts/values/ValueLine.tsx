import { ChevronDownIcon } from "../../../../components/icons/ChevronDownIcon";
import { ChevronRightIcon } from "../../../../components/icons/ChevronRightIcon";
import { type ValueRow, valueKind, valueText } from "./valueRows";

export type ValueLineProps = {
  row: ValueRow;
  /** Pixels from the top of the tree. */
  offset: number;
  onFlip: (path: string) => void;
};

const LONGEST = 500;

/** One value with its key, or how many values a folded one holds. */
export function ValueLine({ row, offset, onFlip }: ValueLineProps) {
  const { path, depth, name, value, count, isList, isOpen } = row;
  const style = { transform: `translateY(${offset}px)`, paddingLeft: 12 + depth * 18 };
  const key = name !== "" && <span className="ValueLine-key">{name}: </span>;
  if (count === undefined) {
    const text = valueText(value);
    return (
      <div className="ValueLine is-single" style={style} title={path}>
        {key}
        <span className={`ValueLine-${valueKind(value)}`}>
          {text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}
        </span>
      </div>
    );
  }
  const what = isList ? `[${count}]` : `{${count}}`;
  if (count === 0) {
    return (
      <div className="ValueLine is-single" style={style} title={path}>
        {key}
        <span className="muted">{isList ? "[]" : "{}"}</span>
      </div>
    );
  }
  return (
    <button
      type="button"
      className="ValueLine"
      style={style}
      title={path}
      aria-expanded={isOpen}
      onClick={() => onFlip(path)}
    >
      {isOpen ? <ChevronDownIcon size={12} /> : <ChevronRightIcon size={12} />}
      {key}
      <span className="muted">{what}</span>
    </button>
  );
}
