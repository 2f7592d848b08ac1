import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { CheckIcon } from "./icons/CheckIcon";
import "./Menu.css";

export type MenuItem = {
  label: string;
  onSelect: () => void;
  isDanger?: boolean;
  /** For choices: true where this one is chosen, false where it is not. */
  isChosen?: boolean;
};

export type MenuProps = {
  /** The button that opens it. */
  trigger: ReactNode;
  items: MenuItem[];
};

/** A short list of things to do. Arrows move, Enter does, Esc closes. */
export function Menu({ trigger, items }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="Menu" align="end" sideOffset={4} collisionPadding={8}>
          {items.map(({ label, onSelect, isDanger, isChosen }) => (
            <DropdownMenu.Item
              key={label}
              className={isDanger ? "Menu-item Menu-danger" : "Menu-item"}
              onSelect={onSelect}
              {...(isChosen === undefined
                ? {}
                : { role: "menuitemradio", "aria-checked": isChosen })}
            >
              {label}
              {isChosen && <CheckIcon size={14} />}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
