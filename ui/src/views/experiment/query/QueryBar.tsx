import { type KeyboardEvent, type Ref, useEffect, useId, useRef, useState } from "react";
import { Button } from "../../../components/Button";
import { CloseIcon } from "../../../components/icons/CloseIcon";
import { SearchIcon } from "../../../components/icons/SearchIcon";
import type { Candidate, Completion } from "../../../wire/completion";
import type { ApiError } from "../../../wire/errors";
import { isFilter, isUnfinished } from "./filter";
import { locateError, refusalText, type Span, withoutPlaces } from "./locate";
import { SuggestionList } from "./SuggestionList";
import { useCompletion } from "./useCompletion";
import "./QueryBar.css";

export type QueryBarProps = {
  experimentId: string;
  /** The text that is in force; it stands in the address. */
  value: string;
  onChange: (value: string) => void;
  recent: readonly string[];
  error: ApiError | undefined;
  ref?: Ref<HTMLInputElement>;
};

const PAUSE_MS = 300;

/**
 * Where one asks for runs: MLflow's filter language with completion, or plain words.
 *
 * A filter is sent on Enter, since half of one is an error; plain words as one types. Until
 * then what was found before stays in sight, marked as an answer to something else.
 */
export function QueryBar(props: QueryBarProps) {
  const { experimentId, value, onChange, recent, error, ref } = props;
  const [text, setText] = useState(value);
  const [caret, setCaret] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const box = useRef<HTMLInputElement>(null);
  const listId = useId();
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value || waitsForEnter(text)) return;
    const timer = setTimeout(() => onChange(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  const isPending = text.trim() !== value && waitsForEnter(text);
  // What is wrong stays said when the list is closed, for as long as it stands in the box.
  const completion = useCompletion(experimentId, text, caret, isOpen || isPending);
  const candidates = withRecent(completion, text, recent);
  const items = isOpen ? candidates : [];
  const fault = faultOf({ text, value, caret, error, completion, isOpen });
  const submit = (next: string) => {
    setOpen(false);
    setText(next);
    onChange(next);
  };
  const pick = ({ text: picked, kind }: Candidate) => {
    if (kind === RECENT) return submit(picked);
    // What is to be filled in goes on at once.
    const space = /[(.]$/.test(picked) ? "" : " ";
    const head = `${text.slice(0, completion.start)}${picked}${space}`;
    setText(head + text.slice(completion.end).trimStart());
    setCaret(head.length);
    setActive(-1);
    requestAnimationFrame(() => box.current?.setSelectionRange(head.length, head.length));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // Tab finishes a word that is being typed; between words it moves on, as everywhere.
    const isMidWord = completion.start < completion.end;
    const chosen = items[active] ?? (event.key === "Tab" && isMidWord ? items[0] : undefined);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      setActive(stepped(active, event.key === "ArrowDown" ? 1 : -1, candidates.length));
    } else if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && chosen) {
      event.preventDefault();
      pick(chosen);
    } else if (event.key === "Enter") {
      submit(text);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (isOpen) setOpen(false);
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
      <div className={boxClass(fault !== undefined, isPending)}>
        <SearchIcon size={14} className="QueryBar-icon" />
        <div className="QueryBar-field">
          {fault?.span && <Underline text={text} span={fault.span} />}
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
            aria-invalid={fault ? true : undefined}
            aria-describedby={fault ? `${listId}-error` : undefined}
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
        {isPending && (
          <kbd className="QueryBar-key" title="The runs below do not follow this text yet">
            Enter
          </kbd>
        )}
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
      {fault && (
        <p
          id={`${listId}-error`}
          className="QueryBar-error"
          role="alert"
          data-testid="query-error"
        >
          {fault.message}
        </p>
      )}
    </search>
  );
}

const RECENT = "recent";

/** An empty box offers what was asked before, ahead of the fields. */
function withRecent(
  { candidates }: Completion,
  text: string,
  recent: readonly string[],
): readonly Candidate[] {
  if (text.trim() !== "") return candidates;
  return [...recent.slice(0, 5).map((each) => ({ text: each, kind: RECENT })), ...candidates];
}

/** A filter, or what may become one, is not sent by itself. */
function waitsForEnter(text: string): boolean {
  return text.trim() !== "" && (isFilter(text) || isUnfinished(text));
}

function boxClass(isWrong: boolean, isPending: boolean): string {
  const names = ["QueryBar-box", isWrong && "is-wrong", isPending && "is-pending"];
  return names.filter(Boolean).join(" ");
}

type Fault = { message: string; span: Span | undefined };

type Facts = {
  text: string;
  value: string;
  caret: number;
  error: ApiError | undefined;
  completion: Completion;
  isOpen: boolean;
};

/** What is wrong with the text: what the server refused, or finds wrong as one types. */
function faultOf(facts: Facts): Fault | undefined {
  const { text, value, caret, error, completion, isOpen } = facts;
  if (error && text.trim() === value) {
    return { message: refusalText(text, error), span: locateError(text, error) };
  }
  const wrong = completion.error;
  if (!wrong || !isFilter(text) || (!isOpen && text.trim() === value)) return undefined;
  // The word at the caret is not finished yet, as long as one types.
  const isBehind = wrong.end <= completion.start && wrong.end < caret;
  if (isBehind || !isOpen) {
    return { message: withoutPlaces(wrong.message), span: { from: wrong.start, to: wrong.end } };
  }
  return undefined;
}

function stepped(active: number, by: number, count: number): number {
  return count === 0 ? -1 : (active + by + count + (active < 0 && by < 0 ? 1 : 0)) % count;
}

type UnderlineProps = { text: string; span: Span };

/** The same text behind the box, unseen, with a wavy line where the server stumbled. */
function Underline({ text, span }: UnderlineProps) {
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
