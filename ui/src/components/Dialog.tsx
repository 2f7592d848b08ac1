import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
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
  return (
    <Primitive.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="Dialog-scrim" />
        <Primitive.Content
          className="Dialog"
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <Primitive.Title className="Dialog-title">{title}</Primitive.Title>
          {description && (
            <Primitive.Description className="muted">{description}</Primitive.Description>
          )}
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
