import type { ReactNode } from "react";
import { toApiError } from "../wire/errors";
import { Button } from "./Button";
import { WarningIcon } from "./icons/WarningIcon";
import "./ErrorBox.css";

export type ErrorBoxProps = {
  /** What failed, as a sentence: "The run could not be loaded." */
  title: string;
  error: unknown;
  onRetry?: () => void;
  /** Another next step, such as a link to a page that works. */
  children?: ReactNode;
};

/** What failed, why, and what to do next. */
export function ErrorBox({ title, error, onRetry, children }: ErrorBoxProps) {
  const { message, drawing, code, requestId } = toApiError(error);
  return (
    <div className="ErrorBox" role="alert" data-testid="error-box">
      <WarningIcon className="ErrorBox-icon" />
      <div className="ErrorBox-body">
        <strong>{title}</strong>
        <p>{message}</p>
        {drawing && <pre className="ErrorBox-drawing">{drawing}</pre>}
        <p className="ErrorBox-code mono">
          {code}
          {requestId && ` · request ${requestId}`}
        </p>
        {(onRetry || children) && (
          <div className="ErrorBox-next">
            {onRetry && <Button onClick={onRetry}>Try again</Button>}
            {children}
          </div>
        )}
      </div>
    </div>
  );
}
