import { EmptyState } from "../../../components/EmptyState";
import { Snippet } from "../../../components/Snippet";
import { firstRunCode } from "./firstRunCode";

export type FirstRunProps = { experimentName: string | undefined };

/** How to log a first run to this server; the table takes its place when one arrives. */
export function FirstRun({ experimentName }: FirstRunProps) {
  const here = new URL(".", window.location.href.replace(/#.*$/, ""));
  return (
    <EmptyState title="Log a first run">
      <p>Run this in Python. The run shows up here by itself.</p>
      <Snippet code={firstRunCode(here, experimentName)} label="Copy code" />
      <p className="FirstRun-wait" role="status">
        Waiting for a run
      </p>
    </EmptyState>
  );
}
