import { useState } from "react";
import { pageUrl } from "../../../wire/artifacts";

export type HtmlPreviewProps = { runId: string; path: string; html: string };

/** Put before a foreign page: it may lay itself out, and reach nothing. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:";

/**
 * A logged page in a frame of an origin of its own, without scripts or network: it sees
 * neither this page nor the server, and no other host learns that it was looked at.
 *
 * On demand its own scripts run, as plots need; the rest stays as it is, by the server's word.
 */
export function HtmlPreview({ runId, path, html }: HtmlPreviewProps) {
  const [hasScripts, setScripts] = useState(false);
  const common = {
    className: "PageFrame",
    title: "Logged page",
    referrerPolicy: "no-referrer",
    "data-testid": "html-preview",
  } as const;
  return (
    <>
      <div className="ContentPreview-bar">
        <label className="Check">
          <input
            type="checkbox"
            checked={hasScripts}
            data-testid="run-scripts"
            onChange={(event) => setScripts(event.target.checked)}
          />
          Run its scripts
        </label>
        <span className="muted" role="note">
          {hasScripts
            ? "Apart from this page and without network; scripts from other hosts do not load."
            : "Shown without scripts and network."}
        </span>
      </div>
      {hasScripts ? (
        <iframe {...common} key="scripts" sandbox="allow-scripts" src={pageUrl(runId, path)} />
      ) : (
        <iframe
          {...common}
          key="still"
          sandbox=""
          srcDoc={`<meta http-equiv="Content-Security-Policy" content="${POLICY}">${html}`}
        />
      )}
    </>
  );
}
