export type HtmlPreviewProps = { html: string };

/** Put before a foreign page: it may lay itself out, and reach nothing. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:";

/**
 * A logged page in a frame of an origin of its own, without scripts or network: it sees
 * neither this page nor the server, and no other host learns that it was looked at.
 */
export function HtmlPreview({ html }: HtmlPreviewProps) {
  return (
    <iframe
      className="HtmlPreview"
      title="Logged page"
      sandbox=""
      referrerPolicy="no-referrer"
      srcDoc={`<meta http-equiv="Content-Security-Policy" content="${POLICY}">${html}`}
      data-testid="html-preview"
    />
  );
}
