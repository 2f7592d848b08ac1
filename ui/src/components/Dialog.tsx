import { type ReactNode, useEffect, useId, useRef } from "react";
import "./Dialog.css";

export type DialogProps = {
  title: string;
  /** One sentence on what will happen. */
  description?: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
};

/** A question over the page. Esc and a click outside close it; focus returns where it was. */
export function Dialog({ title, description, isOpen, onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen || !ref.current) return;
    const opener = focusedOpener();
    // The browser's own dialog keeps the focus inside and the rest of the page out of reach.
    if (!ref.current.open) ref.current.showModal();
    // It gives the focus back only when it is closed, and here it is taken away instead.
    return () => opener?.focus();
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is heard as `cancel`
    <dialog
      ref={ref}
      className="Dialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className="Dialog-body">
        <h2 id={`${id}-title`} className="Dialog-title">
          {title}
        </h2>
        {description && (
          <p id={`${id}-description`} className="muted">
            {description}
          </p>
        )}
        {children}
      </div>
    </dialog>
  );
}

/** What had the focus before: an item of a menu is gone by then, its button is not. */
function focusedOpener(): HTMLElement | null {
  const focused = document.activeElement;
  const menu = focused?.closest("[role='menu']");
  const button = document.getElementById(menu?.getAttribute("aria-labelledby") ?? "");
  return button ?? (focused instanceof HTMLElement ? focused : null);
}
