/** The words for what is not a finite number. */
function word(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "∞" : "−∞";
}

/** One number on its own: six significant digits, no trailing zeros, exponents when extreme. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return word(value);
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return String(value);
  if (size >= 1e9 || size < 1e-4) return tidyExponent(value.toExponential(4));
  return trimZeros(value.toPrecision(Math.max(6, Math.ceil(Math.log10(size)))));
}

/** `1.2 GB`, powers of 1000, as disks and networks count. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || size >= 99.5 ? 0 : 1;
  return `${size.toFixed(digits)} ${units[unit] ?? "B"}`;
}

/** `12,345`. */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** How the numbers of one column are written, so that their points stand below each other. */
export type NumberFormat = (value: number) => string;

/** Smaller and larger numbers than these have exponents, also among others. */
const SMALL = 1e-4;
const LARGE = 1e12;

/**
 * Choose decimals for a column from all its values.
 *
 * Enough decimals that the median value shows five significant digits, never more than the
 * values themselves have. Where the values span more than nine orders of magnitude no number
 * of decimals suits all of them: those of usual size are written plainly, the others with an
 * exponent.
 */
export function columnFormat(values: readonly number[]): NumberFormat {
  const finite = values.filter((value) => Number.isFinite(value) && value !== 0);
  const sizes = finite.map(Math.abs).sort((a, b) => a - b);
  const smallest = sizes[0];
  const largest = sizes.at(-1);
  if (smallest === undefined || largest === undefined) return formatNumber;
  if (largest >= LARGE || smallest < 1e-7 || largest / smallest > 1e9) return mixedNumber;
  const middle = sizes[Math.floor(sizes.length / 2)] ?? largest;
  const wanted = Math.max(0, Math.min(8, 4 - Math.floor(Math.log10(middle))));
  const decimals = Math.min(wanted, Math.max(...finite.map(decimalsOf)));
  return (value) => (Number.isFinite(value) ? value.toFixed(decimals) : word(value));
}

/** A number of a column that has large and small ones: five digits, however it is written. */
function mixedNumber(value: number): string {
  if (!Number.isFinite(value)) return word(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= LARGE || size < SMALL)) return tidyExponent(value.toExponential(3));
  if (Number.isInteger(value)) return String(value);
  return trimZeros(value.toFixed(Math.max(0, Math.min(8, 4 - Math.floor(Math.log10(size))))));
}

function decimalsOf(value: number): number {
  const text = String(value);
  const mantissa = text.split("e")[0] ?? text;
  const exponent = Number(text.split("e")[1] ?? 0);
  return Math.max(0, (mantissa.split(".")[1] ?? "").length - exponent);
}

function trimZeros(text: string): string {
  return text.includes(".") && !text.includes("e") ? text.replace(/\.?0+$/, "") : text;
}

function tidyExponent(text: string): string {
  return text.replace(/\.?0*e/, "e").replace("e+", "e");
}
