export type HtmlPreviewProps = { html: string };

/** Put before a foreign page: it may draw and compute, and reach nothing. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; " +
  "img-src data: blob:; font-src data:";

/**
 * A logged page in a frame of an origin of its own: its scripts see neither this page nor the
 * server, and it can load nothing from anywhere.
 */
export function HtmlPreview({ html }: HtmlPreviewProps) {
  return (
    <iframe
      className="HtmlPreview"
      title="Logged page"
      sandbox="allow-scripts"
      referrerPolicy="no-referrer"
      srcDoc={`<meta http-equiv="Content-Security-Policy" content="${POLICY}">${html}`}
      data-testid="html-preview"
    />
  );
}
