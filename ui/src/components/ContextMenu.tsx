import { ContextMenu as Radix } from "radix-ui";
import type { ReactElement } from "react";
import type { MenuItem } from "./Menu";
import "./Menu.css";

export type ContextMenuProps = {
  /** What hears the right button, and the menu key while it has the focus. */
  children: ReactElement;
  label: string;
  items: readonly MenuItem[];
};

/** What can be done with the thing under the pointer. */
export function ContextMenu({ children, label, items }: ContextMenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="Menu" collisionPadding={8} aria-label={label}>
          {items.map(({ label: text, onSelect, isDanger }) => (
            <Radix.Item
              key={text}
              className={isDanger ? "Menu-item Menu-danger" : "Menu-item"}
              onSelect={onSelect}
            >
              {text}
            </Radix.Item>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
