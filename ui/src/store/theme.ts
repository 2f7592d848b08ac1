/** The reader's choice of light or dark, kept in this browser. */
export type Theme = "system" | "light" | "dark";

const KEY = "epochal.theme";
const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");

export function readTheme(): Theme {
  const kept = readKept();
  return kept === "light" || kept === "dark" ? kept : "system";
}

/** Keep the choice and show it at once. */
export function chooseTheme(theme: Theme): void {
  try {
    window.localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be forbidden; the choice then lasts for this page.
  }
  applyTheme(theme);
}

/** Mark the document with `light` or `dark`; `system` follows the machine as it changes. */
export function applyTheme(theme: Theme): void {
  const show = () => {
    const isDark = theme === "dark" || (theme === "system" && prefersDark.matches);
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
  };
  prefersDark.onchange = show;
  show();
}

function readKept(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
