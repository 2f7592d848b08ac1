import { Link } from "./Link";
import "./Tabs.css";

export type Tab = { id: string; label: string; to: string; count?: number };
export type TabsProps = { tabs: Tab[]; active: string; label: string };

/** Tabs that are links, so that each has an address and the back button works. */
export function Tabs({ tabs, active, label }: TabsProps) {
  return (
    <nav className="Tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.id}
          to={tab.to}
          className="Tabs-tab"
          data-testid={`tab-${tab.id}`}
          aria-current={tab.id === active ? "page" : undefined}
        >
          {tab.label}
          {tab.count !== undefined && <span className="Tabs-count">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
