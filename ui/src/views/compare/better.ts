import type { Better, Directions } from "./compareQuery";

const LOW =
  /(^|[^a-z])(loss|error|err|rmse|mse|mae|mape|smape|rmsle|nll|perplexity|ppl|wer|cer|fid|brier|deviance|aic|bic|regret|latency|seconds|time|duration|bytes|fpr|fnr)([^a-z]|$)/i;
const HIGH =
  /(^|[^a-z])(acc|accuracy|f1|f\d|auc|roc|auroc|auprc|r2|precision|recall|score|reward|return|bleu|rouge|meteor|map|ndcg|mrr|iou|miou|dice|kappa|mcc|ssim|psnr|throughput|likelihood|elbo|tpr|tnr|specificity|sensitivity)([^a-z]|$)/i;

/** Which end of a metric is better: what the reader said, else what its name tells. */
export function betterEnd(key: string, said: Directions): Better | undefined {
  const word = said.get(key);
  if (word !== undefined) return word === "none" ? undefined : word;
  const name = key.slice(key.lastIndexOf("/") + 1);
  if (LOW.test(name)) return "low";
  return HIGH.test(name) ? "high" : undefined;
}

/** What the next click on a metric's mark says. */
export function nextEnd(now: Better | undefined): Better | "none" {
  if (now === undefined) return "low";
  return now === "low" ? "high" : "none";
}

/** The best of these values; undefined where no end is better or all are alike. */
export function bestOf(
  values: readonly (number | undefined)[],
  better: Better | undefined,
): number | undefined {
  const finite = values.filter((value) => value !== undefined && Number.isFinite(value));
  if (better === undefined || finite.length < 2) return undefined;
  const [least, most] = [Math.min(...(finite as number[])), Math.max(...(finite as number[]))];
  if (least === most) return undefined;
  return better === "low" ? least : most;
}
