import { useEffect, useState } from "react";
import { Button } from "../../../components/Button";
import { BookmarkIcon } from "../../../components/icons/BookmarkIcon";
import { MoreIcon } from "../../../components/icons/MoreIcon";
import { Menu } from "../../../components/Menu";
import { NameDialog } from "../../../components/NameDialog";
import { Panel } from "../../../components/Panel";
import { exactTime } from "../../../format/times";
import { formatHash } from "../../../routing/location";
import { changeQuery, useLocation } from "../../../routing/useLocation";
import { showToast } from "../../../store/toasts";
import { changeView, removeView, saveView, useViews } from "../../../store/useViews";
import { toApiError } from "../../../wire/errors";
import type { SavedView } from "../../../wire/views";
import { isChanged, shownBy, viewQuery } from "./viewAddress";
import "./ViewsPicker.css";

export type ViewsPickerProps = { experimentId: string };

type Naming = { kind: "save" } | { kind: "rename"; view: SavedView };

/** Saved ways to look at these runs: pick one, keep what is shown as another. */
export function ViewsPicker({ experimentId }: ViewsPickerProps) {
  const { query } = useLocation();
  const { data: views, error } = useViews(experimentId);
  const [isOpen, setOpen] = useState(false);
  const [naming, setNaming] = useState<Naming>();
  const active = views?.find(({ view_id }) => view_id === query.get("view"));
  const isEdited = active !== undefined && isChanged(active, query);
  useSharedLink(active, query);
  const save = async (name: string) => {
    refuseTaken(views, name);
    const made = await saveView(experimentId, name, viewQuery(query));
    changeQuery({ view: made.view_id });
  };
  const rename = async ({ view_id }: SavedView, name: string) => {
    refuseTaken(
      views?.filter((each) => each.view_id !== view_id),
      name,
    );
    await changeView(experimentId, view_id, { name });
  };
  return (
    <>
      <Panel
        label="Saved views"
        isOpen={isOpen}
        onOpenChange={setOpen}
        trigger={
          <Button data-testid="views-picker" aria-label={buttonLabel(active, isEdited)}>
            <BookmarkIcon size={14} />
            <span className="ViewsPicker-name clip">{active?.name ?? "Views"}</span>
            {isEdited && (
              <span className="ViewsPicker-edited" title="Changed since it was saved" />
            )}
          </Button>
        }
      >
        {error && !views && <p className="Panel-note">{toApiError(error).message}</p>}
        {views?.length === 0 && (
          <p className="Panel-note">
            A view keeps filter, order, columns, grouping and charts under a name, for everyone who
            opens this experiment.
          </p>
        )}
        {views && views.length > 0 && (
          <ul className="ViewsPicker-list">
            {views.map((view) => (
              <ViewLine
                key={view.view_id}
                view={view}
                isActive={view === active}
                isTwin={views.some(({ name, view_id }) => isTwin(view, name, view_id))}
                experimentId={experimentId}
                onPick={() => {
                  changeQuery(shownBy(view), { replace: false });
                  setOpen(false);
                }}
                onRename={() => setNaming({ kind: "rename", view })}
              />
            ))}
          </ul>
        )}
        <div className="Panel-foot">
          {isEdited && (
            <Button
              onClick={() =>
                void attempt(() =>
                  changeView(experimentId, active.view_id, { query: viewQuery(query) }),
                )
              }
            >
              Update “{active.name}”
            </Button>
          )}
          <Button
            kind={isEdited ? "quiet" : "primary"}
            data-testid="save-view"
            onClick={() => setNaming({ kind: "save" })}
          >
            Save this view…
          </Button>
        </div>
      </Panel>
      {naming && (
        <NameDialog
          title={naming.kind === "save" ? "Save this view" : "Rename view"}
          action={naming.kind === "save" ? "Save view" : "Rename view"}
          name={naming.kind === "save" ? "" : naming.view.name}
          onName={(name) => (naming.kind === "save" ? save(name) : rename(naming.view, name))}
          onClose={() => setNaming(undefined)}
        />
      )}
    </>
  );
}

/** A link that names a view and says nothing else shows what the view keeps. */
function useSharedLink(active: SavedView | undefined, query: URLSearchParams): void {
  const isBare = [...query.keys()].join() === "view";
  useEffect(() => {
    if (active && isBare) changeQuery(shownBy(active));
  }, [active, isBare]);
}

type ViewLineProps = {
  view: SavedView;
  isActive: boolean;
  /** Another view has the same name. */
  isTwin: boolean;
  experimentId: string;
  onPick: () => void;
  onRename: () => void;
};

function ViewLine({ view, isActive, isTwin, experimentId, onPick, onRename }: ViewLineProps) {
  const { path } = useLocation();
  return (
    <li className="ViewsPicker-line" data-testid="saved-view">
      <button type="button" aria-current={isActive} className="clip" onClick={onPick}>
        {view.name}
        {view.owner && <span className="Panel-count"> {view.owner}</span>}
        {isTwin && (
          <span className="Panel-count"> saved {exactTime(view.created_ms).slice(0, 19)}</span>
        )}
      </button>
      <Menu
        trigger={
          <Button kind="quiet" isIcon aria-label={`Actions for ${view.name}`}>
            <MoreIcon size={14} />
          </Button>
        }
        items={[
          { label: "Copy link", onSelect: () => void copyLink(path, view) },
          { label: "Rename…", onSelect: onRename },
          {
            label: "Delete",
            isDanger: true,
            onSelect: () => void removeView(experimentId, view),
          },
        ]}
      />
    </li>
  );
}

/** Two views of one name could not be told apart; the server says the same of a newer one. */
function refuseTaken(views: readonly SavedView[] | undefined, name: string): void {
  if (!views?.some((view) => view.name === name)) return;
  throw new Error(`There is a view “${name}” already. Choose another name, or update that one.`);
}

function isTwin(view: SavedView, name: string, id: string): boolean {
  return view.name === name && view.view_id !== id;
}

/** The address that shows a view as it is kept, also after it is changed. */
async function copyLink(path: string, view: SavedView): Promise<void> {
  const hash = formatHash(path, { view: view.view_id });
  const link = new URL(hash, window.location.href).href;
  try {
    await navigator.clipboard.writeText(link);
    showToast({ kind: "done", text: "Copied the link." });
  } catch {
    showToast({ kind: "done", text: link });
  }
}

async function attempt(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
    showToast({ kind: "done", text: "The view was updated." });
  } catch (thrown) {
    const { message } = toApiError(thrown);
    showToast({ kind: "failed", text: `The view was not updated. ${message}` });
  }
}

function buttonLabel(active: SavedView | undefined, isEdited: boolean): string {
  if (!active) return "Saved views";
  return isEdited ? `View ${active.name}, changed` : `View ${active.name}`;
}
