import { EmptyState } from "../../../components/EmptyState";

export type NoPreviewProps = { reason: string };

/** Why a file is not shown; the bar above has its size and its download. */
export function NoPreview({ reason }: NoPreviewProps) {
  return (
    <div data-testid="no-preview">
      <EmptyState title="No preview">{reason}</EmptyState>
    </div>
  );
}
