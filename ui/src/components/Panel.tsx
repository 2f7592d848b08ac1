import { Popover } from "radix-ui";
import type { ReactNode } from "react";
import "./Panel.css";

export type PanelProps = {
  label: string;
  /** The button that opens it. */
  trigger: ReactNode;
  children: ReactNode;
  /** Where opening and closing matters elsewhere. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
};

/** A small sheet below its button, for choosing among many. Esc closes it. */
export function Panel({ label, trigger, children, isOpen, onOpenChange }: PanelProps) {
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="Panel"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
