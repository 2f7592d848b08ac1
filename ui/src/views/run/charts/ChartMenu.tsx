import { DropdownMenu } from "radix-ui";
import type { RefObject } from "react";
import { readChartTheme } from "../../../charts/chartTheme";
import { chartPng, fileName, pointsCsv, saveFile } from "../../../charts/exportChart";
import type { LineSeries } from "../../../charts/lineDefaults";
import { Button } from "../../../components/Button";
import { MoreIcon } from "../../../components/icons/MoreIcon";
import { showToast } from "../../../store/toasts";

export type ChartMenuProps = {
  title: string;
  series: readonly LineSeries[];
  canvas: RefObject<HTMLCanvasElement | null>;
  isTable: boolean;
  onTable: (isTable: boolean) => void;
  /** Absent while there is nothing to reset. */
  onReset: (() => void) | undefined;
};

/** What can be done with one chart besides looking at it. */
export function ChartMenu(props: ChartMenuProps) {
  const { title, series, canvas, isTable, onTable, onReset } = props;
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
  return (
    // Not modal: the page behind may go on scrolling, and no style is put into the document.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button kind="quiet" isIcon aria-label={`Menu of ${title}`}>
          <MoreIcon size={14} />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="ChartMenu" align="end" sideOffset={2}>
          <DropdownMenu.Item className="ChartMenu-item" onSelect={() => onTable(!isTable)}>
            {isTable ? "View as curve" : "View as table"}
          </DropdownMenu.Item>
          {onReset && (
            <DropdownMenu.Item className="ChartMenu-item" onSelect={onReset}>
              Zoom out
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Separator className="ChartMenu-line" />
          <DropdownMenu.Item
            className="ChartMenu-item"
            disabled={isTable}
            onSelect={() => void savePng()}
          >
            Download PNG
          </DropdownMenu.Item>
          <DropdownMenu.Item className="ChartMenu-item" onSelect={saveCsv}>
            Download CSV of what is shown
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
