import { Button } from "../../components/Button";
import { SidebarIcon } from "../../components/icons/SidebarIcon";
import type { Route } from "../../routing/route";
import { Breadcrumbs } from "./Breadcrumbs";
import { Connection } from "./Connection";
import { ThemeSwitch } from "./ThemeSwitch";
import "./TopBar.css";

export type TopBarProps = { route: Route; onToggleRail: () => void };

/** Where one is, whether the server answers, and how bright the room is. */
export function TopBar({ route, onToggleRail }: TopBarProps) {
  return (
    <header className="TopBar">
      <Button
        kind="quiet"
        isIcon
        aria-label="Show or hide navigation"
        title="Show or hide navigation"
        data-testid="rail-toggle"
        onClick={onToggleRail}
      >
        <SidebarIcon />
      </Button>
      <Breadcrumbs route={route} />
      <Connection />
      <ThemeSwitch />
    </header>
  );
}
