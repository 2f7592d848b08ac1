import type { KeyboardEvent } from "react";

/** What the keys of the table do. */
export type GridKeys = {
  active: number;
  last: number;
  moveTo: (index: number) => void;
  onEnter: () => void;
  onSpace: (isRange: boolean) => void;
  onEscape: () => void;
  onSideways: (by: 1 | -1) => void;
};

const ROW = 28;

/** Hears the keys while the table itself has the focus, not a control inside it. */
export function gridKeys(keys: GridKeys): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const pageful = Math.floor(event.currentTarget.clientHeight / ROW) - 2;
    if (!act(event.key, event.shiftKey, pageful, keys)) return;
    event.preventDefault();
  };
}

/** Do what a key asks for; false where it asks for nothing. */
function act(key: string, isShift: boolean, pageful: number, keys: GridKeys): boolean {
  const { active, last, moveTo } = keys;
  switch (key) {
    case "ArrowDown":
      moveTo(active + 1);
      break;
    case "ArrowUp":
      moveTo(active - 1);
      break;
    case "PageDown":
      moveTo(active + pageful);
      break;
    case "PageUp":
      moveTo(active - pageful);
      break;
    case "Home":
      moveTo(0);
      break;
    case "End":
      moveTo(last);
      break;
    case "ArrowLeft":
      keys.onSideways(-1);
      break;
    case "ArrowRight":
      keys.onSideways(1);
      break;
    case "Enter":
      keys.onEnter();
      break;
    case " ":
      keys.onSpace(isShift);
      break;
    case "Escape":
      keys.onEscape();
      break;
    default:
      return false;
  }
  return true;
}
