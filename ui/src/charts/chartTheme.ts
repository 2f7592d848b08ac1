/** The colours and type of a chart, read from the tokens; canvas cannot read CSS variables. */
export type ChartTheme = {
  background: string;
  text: string;
  grid: string;
  axis: string;
  warning: string;
  font: string;
  /** A series colour such as `var(--run-3)` as a colour that canvas understands. */
  resolve: (color: string) => string;
};

/** Read the tokens as they are now; read again when the theme changes. */
export function readChartTheme(): ChartTheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    background: token("--bg"),
    text: token("--text-muted"),
    grid: token("--line"),
    axis: token("--line-strong"),
    warning: token("--amber"),
    font: `11px ${token("--font-sans") || "sans-serif"}`,
    resolve: (color) => {
      const name = /^var\((--[\w-]+)\)$/.exec(color)?.[1];
      return name ? token(name) : color;
    },
  };
}
