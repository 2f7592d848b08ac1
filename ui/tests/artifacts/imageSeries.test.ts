import { expect, test } from "vitest";
import { sharedPictures } from "../../src/views/compare/images/sharedPictures";
import { imageAt, imageSeries, stepsOf } from "../../src/views/run/artifacts/images/imageSeries";
import { zoomIn, zoomOut } from "../../src/views/run/artifacts/images/zoom";

const file = (path: string) => ({ path: `images/${path}`, is_dir: false });
const series = imageSeries([
  file("val~a b+step+10+timestamp+5+0a-1.png"),
  file("val~a b+step+10+timestamp+5+0a-1+compressed.webp"),
  file("val~a b+step+2+timestamp+4+0a-2.png"),
  file("old%step%0%timestamp%1%9f-3.png"),
  file("old%step%0%timestamp%1%9f-3%compressed.webp"),
  file("plot.png"),
]);

test("images are put together by key and step, and small copies beside them", () => {
  expect(series.map(({ key }) => key)).toEqual(["old", "val/a b"]);
  const [old, val] = series;
  expect(val?.images.map(({ step }) => step)).toEqual([2, 10]);
  expect(val?.images[1]).toMatchObject({
    path: "images/val~a b+step+10+timestamp+5+0a-1.png",
    smallPath: "images/val~a b+step+10+timestamp+5+0a-1+compressed.webp",
  });
  expect(old?.images).toHaveLength(1);
});

test("at a step without an image the last one before it stands", () => {
  const val = series.find(({ key }) => key === "val/a b");
  expect(stepsOf(series)).toEqual([0, 2, 10]);
  expect(imageAt(val, 9)?.step).toBe(2);
  expect(imageAt(val, 1)).toBeUndefined();
  expect(imageAt(undefined, 1)).toBeUndefined();
});

test("pictures are compared that all runs have", () => {
  const run = (...paths: string[]) => paths.map((path) => ({ path, is_dir: false }));
  expect(sharedPictures([run("b.png", "a.png", "x.txt"), run("a.png", "b.png")])).toEqual([
    "a.png",
    "b.png",
  ]);
  expect(sharedPictures([run("a.png"), run()])).toEqual([]);
});

test("zooming goes by steps and ends", () => {
  expect(zoomIn(1)).toBe(1.5);
  expect(zoomOut(1)).toBe(0.75);
  expect(zoomIn(0.56)).toBe(0.75);
  expect(zoomIn(16)).toBe(16);
  expect(zoomOut(0.05)).toBe(0.05);
});
