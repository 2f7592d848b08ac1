import { expect, test } from "vitest";
import {
  ancestors,
  decodeText,
  extensionOf,
  fileKind,
  parentPath,
} from "../../../src/views/run/artifacts/fileKind";

test("a file's kind follows from its name alone", () => {
  expect(fileKind("plots/Fit.PNG")).toBe("image");
  expect(fileKind("a.csv")).toBe("table");
  expect(fileKind("model/MLmodel")).toBe("model");
  expect(fileKind(".gitignore")).toBe("unknown");
  expect(fileKind("model.pkl")).toBe("binary");
});

test("paths come apart at their slashes", () => {
  expect(extensionOf("a.b/c.tar.gz")).toBe("gz");
  expect(parentPath("a/b/c")).toBe("a/b");
  expect(parentPath("c")).toBe("");
  expect(ancestors("a/b/c")).toEqual(["a", "a/b"]);
});

test("bytes with a NUL or broken UTF-8 are not text", () => {
  expect(decodeText(Uint8Array.of(65, 0, 66), true)).toBeUndefined();
  expect(decodeText(Uint8Array.of(0xff, 0xfe, 65), true)).toBeUndefined();
  expect(decodeText(Uint8Array.of(0xc3, 0xa9), true)).toBe("é");
});

test("a cut inside a letter is forgiven, an end inside a letter is not", () => {
  expect(decodeText(Uint8Array.of(65, 0xc3), false)).toBe("A");
  expect(decodeText(Uint8Array.of(65, 0xc3), true)).toBeUndefined();
});
