import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Triple = [number, number, number];
type Matrix = [Triple, Triple, Triple];

/** How eyes see linear RGB: all cones, or one kind missing (Machado, Oliveira, Fernandes 2009). */
const EYES: Record<string, Matrix> = {
  "all cones": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const TO_LMS: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_OKLAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

/** OKLab distance × 100 below which two dots in one table are taken for one colour. */
const LEAST = 7;

const times = (matrix: Matrix, v: Triple) =>
  matrix.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as Triple;

function seen(hex: string, eyes: Matrix): Triple {
  const linear = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Triple;
  const inGamut = times(eyes, linear).map((value) => Math.min(1, Math.max(0, value))) as Triple;
  return times(TO_OKLAB, times(TO_LMS, inGamut).map(Math.cbrt) as Triple);
}

const tokens = readFileSync(new URL("../../src/styles/tokens.css", import.meta.url), "utf8");
const [light = "", dark = ""] = tokens.split('[data-theme="dark"]');

test.each([
  ["light", light],
  ["dark", dark],
])("no two run colours of the %s theme look alike, with whichever eyes", (_, css) => {
  const colors = [...css.matchAll(/--run-\d+: (#\w{6})/g)].map((match) => match[1] ?? "");
  expect(colors).toHaveLength(12);
  for (const eyes of Object.values(EYES)) {
    const points = colors.map((hex) => seen(hex, eyes));
    for (const [index, a] of points.entries()) {
      for (const b of points.slice(index + 1)) {
        const distance = 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
        expect(distance).toBeGreaterThan(LEAST);
      }
    }
  }
});
