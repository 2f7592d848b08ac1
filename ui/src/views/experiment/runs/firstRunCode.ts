/** Python that logs one metric to the server at this address, into this experiment. */
export function firstRunCode(here: URL, experimentName: string | undefined): string {
  const address = `${here.origin}${here.pathname}`.replace(/\/+$/, "");
  const isDefault = experimentName === undefined || experimentName === "Default";
  return [
    "import epochal as mlflow",
    `mlflow.set_tracking_uri(${JSON.stringify(address)})`,
    ...(isDefault ? [] : [`mlflow.set_experiment(${JSON.stringify(experimentName)})`]),
    'mlflow.log_metric("rmse", 0.42)',
  ].join("\n");
}
