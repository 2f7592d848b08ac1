import { useState } from "react";
import { showToast } from "../store/toasts";
import { Button } from "./Button";
import { CheckIcon } from "./icons/CheckIcon";
import { CopyIcon } from "./icons/CopyIcon";

export type CopyButtonProps = {
  text: string;
  /** What is copied, for the tooltip: "Copy run id". */
  label: string;
  /** Show the label as text beside the icon. */
  withLabel?: boolean;
};

const CONFIRMED_MS = 1200;

export function CopyButton({ text, label, withLabel }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    if (await copyText(text)) {
      setCopied(true);
      setTimeout(() => setCopied(false), CONFIRMED_MS);
    } else {
      showToast({ kind: "failed", text: "The browser refused to copy. Select the text instead." });
    }
  };
  const icon = isCopied ? <CheckIcon size={14} /> : <CopyIcon size={14} />;
  return (
    <Button
      kind="quiet"
      isIcon={!withLabel}
      aria-label={label}
      title={label}
      onClick={(event) => {
        event.stopPropagation();
        void copy();
      }}
    >
      {icon}
      {withLabel && (isCopied ? "Copied" : label)}
    </Button>
  );
}

/** Copy, also on plain http to another machine, where the clipboard API is missing. */
async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const isDone = document.execCommand("copy");
  area.remove();
  return isDone;
}
