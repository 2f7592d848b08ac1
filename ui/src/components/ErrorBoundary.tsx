import { Component, type ReactNode } from "react";
import { ErrorBox } from "./ErrorBox";

export type ErrorBoundaryProps = { children: ReactNode };

type State = { failure: unknown };

/** Keeps a page that failed to draw, or whose code did not load, from taking the frame along. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  override state: State = { failure: undefined };

  static getDerivedStateFromError(failure: unknown): State {
    return { failure };
  }

  override render() {
    if (this.state.failure === undefined) return this.props.children;
    return (
      <ErrorBox
        title="This page could not be drawn."
        error={this.state.failure}
        onRetry={() => window.location.reload()}
      />
    );
  }
}
