import { type ReactNode, useEffect, useState } from "react";
import type { Route } from "../../routing/route";
import { useLocation } from "../../routing/useLocation";
import { isBoolean, recall, remember } from "../../store/remembered";
import { Rail } from "./Rail";
import { TopBar } from "./TopBar";
import "./Frame.css";

export type FrameProps = { route: Route; children: ReactNode };

const NARROW = window.matchMedia("(max-width: 760px)");

/** What stands around every page: the rail on the left, the bar on top. */
export function Frame({ route, children }: FrameProps) {
  const [isCollapsed, setCollapsed] = useState(() => recall("rail.isCollapsed", isBoolean, false));
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const { path } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the drawer
  useEffect(() => setDrawerOpen(false), [path]);
  useEscape(() => setDrawerOpen(false));
  const toggle = () => {
    if (NARROW.matches) return setDrawerOpen(!isDrawerOpen);
    remember("rail.isCollapsed", !isCollapsed);
    setCollapsed(!isCollapsed);
  };
  const names = ["Frame", isCollapsed && "is-collapsed", isDrawerOpen && "is-drawer-open"];
  return (
    <div className={names.filter(Boolean).join(" ")}>
      <button
        type="button"
        className="Frame-skip"
        onClick={() => document.getElementById("main")?.focus()}
      >
        Skip to content
      </button>
      <Rail route={route} isCollapsed={isCollapsed && !isDrawerOpen} />
      {isDrawerOpen && (
        <button
          type="button"
          className="Frame-scrim"
          aria-label="Close navigation"
          onClick={() => setDrawerOpen(false)}
        />
      )}
      <TopBar route={route} onToggleRail={toggle} />
      <main id="main" className="Frame-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function useEscape(onEscape: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => event.key === "Escape" && onEscape();
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  });
}
