import { useEffect, useState } from "react";
import { useArtifactContent } from "../../../../store/useArtifacts";
import { extensionOf } from "../fileKind";

const LARGEST_IMAGE = 50_000_000;

/** What a browser must be told to draw the bytes of a file with this extension. */
const TYPES: Record<string, string> = {
  svg: "image/svg+xml",
  jpg: "image/jpeg",
  ico: "image/x-icon",
};

/**
 * An address of a picture's bytes under the type that its name says.
 *
 * The bytes are read by `fetch`: a server may call every file plain text, and browsers do not
 * draw an SVG that is called so. As a picture, an SVG cannot run scripts.
 */
export function useImageUrl(runId: string, path: string) {
  const { data, error } = useArtifactContent(runId, path, LARGEST_IMAGE);
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!data) return;
    const extension = extensionOf(path);
    const type = TYPES[extension] ?? `image/${extension}`;
    const made = URL.createObjectURL(new Blob([data.bytes], { type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data, path]);
  return { url, hasFailed: error !== null };
}
