import type { XAxis } from "../charts/horizontal";
import type { Points } from "../charts/points";
import { postPacked } from "./client";
import { ApiError } from "./errors";
import type { Packed } from "./msgpack";

/** One metric of one run as a chart shows it: few points, the peaks among them. */
export type Curve = {
  runId: string;
  key: string;
  /** Where relative time begins for the run, in milliseconds since the epoch. */
  originMs: number;
  /** No point was left out. */
  isWhole: boolean;
  points: Points;
};

/** A stretch of the axis in whole steps or milliseconds, both ends included. */
export type Window = { start: number; end: number };

export type CurvesRequest = {
  runIds: readonly string[];
  keys: readonly string[];
  axis: XAxis;
  window: Window | undefined;
  /** The most points of each curve. */
  points: number;
};

/** The most keys that the server takes in one question, and points that it should answer. */
export const MOST_KEYS = 100;
export const MOST_POINTS = 500_000;

/**
 * Ask for several metrics of several runs at once, ordered along the axis.
 *
 * A run or metric that is not there has no curve; that is not an error.
 */
export async function drawCurves(asked: CurvesRequest, signal?: AbortSignal): Promise<Curve[]> {
  const body = {
    run_ids: asked.runIds,
    keys: asked.keys,
    x: asked.axis,
    points: asked.points,
    ...asked.window,
  };
  return readCurves(await postPacked("metrics/sample", body, signal));
}

/** Read the packed answer. Throws an ApiError where it has another form. */
export function readCurves(answer: Packed): Curve[] {
  const series = fieldsOf(answer).series;
  if (!Array.isArray(series)) throw unreadable("series");
  return series.map(readCurve);
}

function readCurve(given: Packed): Curve {
  const fields = fieldsOf(given);
  return {
    runId: String(fields.run_id),
    key: String(fields.key),
    originMs: Number(fields.origin),
    isWhole: fields.is_whole === true,
    points: {
      steps: whole(fields.step, "step"),
      times: whole(fields.timestamp, "timestamp"),
      values: new Float64Array(bytesOf(fields.value, "value")),
    },
  };
}

/** Whole numbers of 64 bits, as doubles: a chart has no use for a step beyond 2⁵³. */
function whole(given: Packed | undefined, name: string): Float64Array {
  return Float64Array.from(new BigInt64Array(bytesOf(given, name)), Number);
}

function bytesOf(given: Packed | undefined, name: string): ArrayBuffer {
  if (!(given instanceof Uint8Array) || given.length % 8 !== 0) throw unreadable(name);
  return given.buffer;
}

function fieldsOf(given: Packed): { [key: string]: Packed } {
  const isMap = typeof given === "object" && given !== null && !Array.isArray(given);
  if (!isMap || given instanceof Uint8Array) throw unreadable("map");
  return given;
}

function unreadable(what: string): ApiError {
  return new ApiError({
    status: 200,
    code: "NOT_READABLE",
    message: `The server's curves cannot be read: the ${what} is missing or broken.`,
  });
}
