import type { RefObject } from "react";
import { readChartTheme } from "../../charts/chartTheme";
import { chartPng, fileName, pointsCsv, saveFile } from "../../charts/exportChart";
import type { LineSeries } from "../../charts/lineDefaults";
import { Button } from "../../components/Button";
import { MoreIcon } from "../../components/icons/MoreIcon";
import { Menu, type MenuItem } from "../../components/Menu";
import { showToast } from "../../store/toasts";

export type ChartMenuProps = {
  title: string;
  series: readonly LineSeries[];
  canvas: RefObject<HTMLCanvasElement | null>;
  isTable: boolean;
  onTable: (isTable: boolean) => void;
  /** Absent while there is nothing to reset. */
  onReset: (() => void) | undefined;
  /** What else can be done with this one. */
  actions?: readonly MenuItem[];
};

/** What can be done with one chart besides looking at it. */
export function ChartMenu(props: ChartMenuProps) {
  const { title, series, canvas, isTable, onTable, onReset, actions = [] } = props;
  const savePng = async () => {
    if (!canvas.current) return;
    try {
      saveFile(fileName(title, "png"), await chartPng(canvas.current, title, readChartTheme()));
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      showToast({ kind: "failed", text: `The picture was not made. ${reason}` });
    }
  };
  const saveCsv = () =>
    saveFile(fileName(title, "csv"), new Blob([pointsCsv(series)], { type: "text/csv" }));
  const items = [
    { label: isTable ? "View as curve" : "View as table", onSelect: () => onTable(!isTable) },
    ...(onReset ? [{ label: "Zoom out", onSelect: onReset }] : []),
    ...(isTable ? [] : [{ label: "Download PNG", onSelect: () => void savePng() }]),
    { label: "Download CSV of what is shown", onSelect: saveCsv },
    ...actions,
  ];
  return (
    <Menu
      items={items}
      trigger={
        <Button kind="quiet" isIcon aria-label={`Menu of ${title}`}>
          <MoreIcon size={14} />
        </Button>
      }
    />
  );
}
