import { useState } from "react";
import { baseName } from "./fileKind";
import { NoPreview } from "./NoPreview";
import { useImageUrl } from "./useImageUrl";

export type ImagePreviewProps = { runId: string; path: string };

/** A picture as large as it is, or as the page has room; its size in pixels stands below. */
export function ImagePreview({ runId, path }: ImagePreviewProps) {
  const [size, setSize] = useState<string>();
  const { url, hasFailed, onError } = useImageUrl(runId, path);
  if (hasFailed) {
    return <NoPreview reason="The browser cannot show this picture. Download it to open it." />;
  }
  return (
    <figure className="ImagePreview">
      {url && (
        <img
          src={url}
          alt={baseName(path)}
          data-testid="image-preview"
          onError={onError}
          onLoad={({ currentTarget }) =>
            setSize(`${currentTarget.naturalWidth} × ${currentTarget.naturalHeight} px`)
          }
        />
      )}
      <figcaption className="muted num">{size}</figcaption>
    </figure>
  );
}
