import { useSyncExternalStore } from "react";
import { closeToast, readToasts, subscribeToasts } from "../store/toasts";
import { Button } from "./Button";
import { CloseIcon } from "./icons/CloseIcon";
import "./Toasts.css";

/** Where the notes of `store/toasts` appear; the frame holds one of these. */
export function Toasts() {
  const notes = useSyncExternalStore(subscribeToasts, readToasts);
  return (
    <section className="Toasts" aria-live="polite" aria-label="Notes">
      {notes.map(({ id, text, kind, action }) => (
        <div key={id} className={`Toast Toast-${kind}`} data-testid="toast">
          <span className="Toast-text">{text}</span>
          {action && (
            <Button
              kind="quiet"
              className="Toast-action"
              onClick={() => {
                closeToast(id);
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
          <Button kind="quiet" isIcon aria-label="Close note" onClick={() => closeToast(id)}>
            <CloseIcon size={14} />
          </Button>
        </div>
      ))}
    </section>
  );
}
