import { expect, test } from "vitest";
import { readCurves } from "../../src/wire/curves";
import { type Packed, unpack } from "../../src/wire/msgpack";

const bytes = (hex: string) =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

test.each<[string, Packed]>([
  ["07", 7],
  ["e0", -32],
  ["c0", null],
  ["c3", true],
  ["cd0100", 256],
  ["cf0000018bcfe56800", 1_700_000_000_000],
  ["d1ff00", -256],
  ["cb3ff8000000000000", 1.5],
  ["a3616263", "abc"],
  ["d903c3a961", "éa"],
  ["92a161c2", ["a", false]],
  ["dc0001a161", ["a"]],
  ["81a16101", { a: 1 }],
  ["de0001a161c0", { a: null }],
])("reads %s", (hex, value) => {
  expect(unpack(bytes(hex))).toEqual(value);
});

test("bytes that end too soon, go on too long or mean nothing are errors", () => {
  expect(() => unpack(bytes("92a161"))).toThrow("end within");
  expect(() => unpack(bytes("0000"))).toThrow("More bytes");
  expect(() => unpack(bytes("c1"))).toThrow("0xc1");
});

test("columns of numbers come out of little-endian bytes, NaN included", () => {
  const column = (view: BigInt64Array | Float64Array) => new Uint8Array(view.slice().buffer);
  const [curve] = readCurves({
    series: [
      {
        run_id: "r",
        key: "loss",
        origin: 5,
        is_whole: true,
        step: column(BigInt64Array.of(-1n, 2n)),
        timestamp: column(BigInt64Array.of(1_700_000_000_000n, 7n)),
        value: column(Float64Array.of(Number.NaN, -0.5)),
      },
    ],
  });
  expect(Array.from(curve?.points.steps ?? [])).toEqual([-1, 2]);
  expect(Array.from(curve?.points.times ?? [])).toEqual([1_700_000_000_000, 7]);
  expect(Array.from(curve?.points.values ?? [])).toEqual([Number.NaN, -0.5]);
});

test("an answer of another form is refused by name", () => {
  expect(() => readCurves({})).toThrow("series");
  expect(() => readCurves({ series: [{ step: "x" }] })).toThrow("step");
});
