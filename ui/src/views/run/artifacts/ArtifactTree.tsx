import type { KeyboardEvent } from "react";
import type { Run } from "../../../wire/types";
import { ArtifactFolder } from "./ArtifactFolder";

export type ArtifactTreeProps = { run: Run; selected: string; isLive: boolean };

/**
 * The files of a run as a tree; a folder is read when it is opened.
 *
 * Up and Down move, Right opens a folder, Left closes it or goes to its parent.
 */
export function ArtifactTree({ run, selected, isLive }: ArtifactTreeProps) {
  return (
    <div
      className="ArtifactTree"
      role="tree"
      aria-label="Files of the run"
      tabIndex={-1}
      onKeyDown={moveFocus}
    >
      <ArtifactFolder run={run} path="" selected={selected} depth={0} isLive={isLive} />
    </div>
  );
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="treeitem"]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const item = items[at];
  const target = item && nextItem(event.key, items, at, item);
  if (target === undefined) return;
  event.preventDefault();
  if (target === "toggle") item?.querySelector<HTMLElement>("[data-toggle]")?.click();
  else target?.focus();
}

/** Where a key leads: another item, the item's own fold, null for nowhere, else undefined. */
function nextItem(key: string, items: HTMLElement[], at: number, item: HTMLElement) {
  const expanded = item.getAttribute("aria-expanded");
  if (key === "ArrowDown") return items[at + 1] ?? null;
  if (key === "ArrowUp") return items[at - 1] ?? null;
  if (key === "Home") return items[0] ?? null;
  if (key === "End") return items.at(-1) ?? null;
  if (key === "ArrowRight") {
    if (expanded === "false") return "toggle" as const;
    return expanded === "true" ? (items[at + 1] ?? null) : null;
  }
  if (key === "ArrowLeft") {
    if (expanded === "true") return "toggle" as const;
    const level = Number(item.getAttribute("aria-level"));
    const above = items.slice(0, at).reverse();
    return above.find((each) => Number(each.getAttribute("aria-level")) < level) ?? null;
  }
  return undefined;
}
