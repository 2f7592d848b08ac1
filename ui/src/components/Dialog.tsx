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
    // The browser's own dialog keeps the focus inside and the rest of the page out of reach.
    if (isOpen && !ref.current?.open) ref.current?.showModal();
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
