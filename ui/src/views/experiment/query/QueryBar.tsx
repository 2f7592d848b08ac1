import { type KeyboardEvent, type Ref, useEffect, useId, useMemo, useRef, useState } from "react";
import { Button } from "../../../components/Button";
import { CloseIcon } from "../../../components/icons/CloseIcon";
import { SearchIcon } from "../../../components/icons/SearchIcon";
import type { ApiError } from "../../../wire/errors";
import { type Completion, complete, type KnownKeys, type Suggestion } from "./completion";
import { isFilter } from "./filter";
import { locateError, refusalText } from "./locate";
import { SuggestionList } from "./SuggestionList";
import "./QueryBar.css";

export type QueryBarProps = {
  /** The text that is in force; it stands in the address. */
  value: string;
  onChange: (value: string) => void;
  known: KnownKeys;
  recent: readonly string[];
  error: ApiError | undefined;
  ref?: Ref<HTMLInputElement>;
};

const PAUSE_MS = 300;

/**
 * Where one asks for runs: MLflow's filter language with completion, or plain words.
 *
 * A filter is sent on Enter, since half of one is an error; plain words as one types.
 */
export function QueryBar({ value, onChange, known, recent, error, ref }: QueryBarProps) {
  const [text, setText] = useState(value);
  const [caret, setCaret] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const box = useRef<HTMLInputElement>(null);
  const listId = useId();
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value || (text.trim() !== "" && isFilter(text))) return;
    const timer = setTimeout(() => onChange(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  const completion = useMemo(
    () => suggest(text, caret, known, recent),
    [text, caret, known, recent],
  );
  const items = isOpen ? completion.items : [];
  const submit = (next: string) => {
    setOpen(false);
    setText(next);
    onChange(next);
  };
  const pick = ({ text: picked, hint }: Suggestion) => {
    if (hint === RECENT) return submit(picked);
    const head = `${text.slice(0, completion.from)}${picked} `;
    setText(head + text.slice(completion.to).trimStart());
    setCaret(head.length);
    setActive(-1);
    requestAnimationFrame(() => box.current?.setSelectionRange(head.length, head.length));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // Tab finishes a word that is being typed; between words it moves on, as everywhere.
    const isMidWord = completion.from < completion.to;
    const chosen = items[active] ?? (event.key === "Tab" && isMidWord ? items[0] : undefined);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      setActive(stepped(active, event.key === "ArrowDown" ? 1 : -1, completion.items.length));
    } else if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && chosen) {
      event.preventDefault();
      pick(chosen);
    } else if (event.key === "Enter") {
      submit(text);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (items.length > 0) setOpen(false);
      else box.current?.blur();
    }
  };
  const onType = (input: HTMLInputElement) => {
    setText(input.value);
    setCaret(input.selectionStart ?? input.value.length);
    setOpen(true);
    setActive(-1);
  };
  return (
    <search className="QueryBar">
      <div className={error ? "QueryBar-box is-wrong" : "QueryBar-box"}>
        <SearchIcon size={14} className="QueryBar-icon" />
        <div className="QueryBar-field">
          {error && <Underline text={text} error={error} isCurrent={text === value} />}
          <input
            ref={(node) => {
              box.current = node;
              if (typeof ref === "function") ref(node);
              else if (ref) ref.current = node;
            }}
            className="mono"
            role="combobox"
            aria-label="Filter runs"
            aria-expanded={items.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={items[active] ? `${listId}-${active}` : undefined}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${listId}-error` : undefined}
            placeholder="metrics.rmse < 0.5 AND params.model = 'lasso', or words of a name"
            data-testid="query-bar"
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            value={text}
            onChange={(event) => onType(event.currentTarget)}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
            onFocus={() => setOpen(true)}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onScroll={(event) => syncScroll(event.currentTarget)}
            onKeyDown={onKeyDown}
          />
        </div>
        {text === "" ? (
          <kbd className="QueryBar-key">/</kbd>
        ) : (
          <Button kind="quiet" isIcon aria-label="Clear filter" onClick={() => submit("")}>
            <CloseIcon size={14} />
          </Button>
        )}
      </div>
      {items.length > 0 && (
        <SuggestionList id={listId} items={items} active={active} onPick={pick} />
      )}
      {error && (
        <p
          id={`${listId}-error`}
          className="QueryBar-error"
          role="alert"
          data-testid="query-error"
        >
          {refusalText(text === value ? text : undefined, error)}
        </p>
      )}
    </search>
  );
}

const RECENT = "recent";

function suggest(
  text: string,
  caret: number,
  known: KnownKeys,
  recent: readonly string[],
): Completion {
  const found = complete(text, Math.min(caret, text.length), known);
  if (text.trim() !== "") return found;
  const before = recent.slice(0, 5).map((each) => ({ text: each, hint: RECENT }));
  return { ...found, items: [...before, ...found.items] };
}

function stepped(active: number, by: number, count: number): number {
  return count === 0 ? -1 : (active + by + count + (active < 0 && by < 0 ? 1 : 0)) % count;
}

type UnderlineProps = { text: string; error: ApiError; isCurrent: boolean };

/** The same text behind the box, unseen, with a wavy line where the server stumbled. */
function Underline({ text, error, isCurrent }: UnderlineProps) {
  const span = isCurrent ? locateError(text, error) : undefined;
  if (!span) return null;
  return (
    <div className="QueryBar-underline mono" aria-hidden="true">
      {text.slice(0, span.from)}
      <mark>{text.slice(span.from, span.to) || " "}</mark>
      {text.slice(span.to)}
    </div>
  );
}

function syncScroll(input: HTMLInputElement): void {
  const underline = input.previousElementSibling;
  if (underline) underline.scrollLeft = input.scrollLeft;
}
