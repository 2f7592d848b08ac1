import { Button } from "../../components/Button";
import { MoreIcon } from "../../components/icons/MoreIcon";
import { Menu, type MenuItem } from "../../components/Menu";

export type PanelMenuProps = { title: string; items: readonly MenuItem[] };

/** What can be done with one chart. */
export function PanelMenu({ title, items }: PanelMenuProps) {
  return (
    <Menu
      items={[...items]}
      trigger={
        <Button kind="quiet" isIcon aria-label={`Menu of ${title}`}>
          <MoreIcon size={14} />
        </Button>
      }
    />
  );
}
