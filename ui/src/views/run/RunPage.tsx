export type RunPageProps = { experimentId: string; runId: string; tab: string | undefined };

/** One run: what went in, what came out, and how it went. */
export function RunPage({ runId }: RunPageProps) {
  return <h1>{runId}</h1>;
}
