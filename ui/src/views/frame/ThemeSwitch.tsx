import { useState } from "react";
import { Button } from "../../components/Button";
import { MoonIcon } from "../../components/icons/MoonIcon";
import { ScreenIcon } from "../../components/icons/ScreenIcon";
import { SunIcon } from "../../components/icons/SunIcon";
import { Menu } from "../../components/Menu";
import { chooseTheme, readTheme, type Theme } from "../../store/theme";

const ICONS = { system: ScreenIcon, light: SunIcon, dark: MoonIcon };
const LABELS: Record<Theme, string> = { system: "Like the system", light: "Light", dark: "Dark" };
const THEMES: readonly Theme[] = ["system", "light", "dark"];

/** Light, dark, or as the machine has it. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(readTheme);
  const Icon = ICONS[theme];
  return (
    <Menu
      trigger={
        <Button
          kind="quiet"
          isIcon
          aria-label={`Theme: ${LABELS[theme]}`}
          title={`Theme: ${LABELS[theme]}`}
          data-testid="theme-switch"
        >
          <Icon />
        </Button>
      }
      items={THEMES.map((each) => ({
        label: LABELS[each],
        isChosen: each === theme,
        onSelect: () => {
          chooseTheme(each);
          setTheme(each);
        },
      }))}
    />
  );
}
