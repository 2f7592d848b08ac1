import { ErrorBox } from "../../../components/ErrorBox";
import { toApiError } from "../../../wire/errors";

export type ArtifactErrorProps = { error: unknown; onRetry: () => void };

const TITLES: Record<number, string> = {
  403: "The files may not be read.",
  404: "This is not there any more.",
  410: "This was deleted for good.",
  413: "This is too large for the server.",
};

/** Why files or a file did not load; trying again is offered where that can help. */
export function ArtifactError({ error, onRetry }: ArtifactErrorProps) {
  const { status, isUnreachable } = toApiError(error);
  const title = TITLES[status] ?? "The files did not load.";
  const canHelp = isUnreachable || status >= 500 || status === 404;
  return <ErrorBox title={title} error={error} onRetry={canHelp ? onRetry : undefined} />;
}
