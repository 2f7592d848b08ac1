import { expect, test } from "vitest";
import { readGeoJson } from "../../src/views/run/artifacts/map/geometry";
import {
  boxOf,
  fillRoom,
  gridLines,
  latitudeAt,
  pathOf,
  project,
  zoomBox,
} from "../../src/views/run/artifacts/map/projection";

test("collections, features and bare geometries are read", () => {
  const point = { type: "Point", coordinates: [1, 2] };
  const feature = { type: "Feature", properties: { name: "here" }, geometry: point };
  const collection = { type: "FeatureCollection", features: [feature, { type: "Feature" }] };
  expect(readGeoJson(point)?.shapes).toHaveLength(1);
  expect(readGeoJson(feature)?.features[0]?.name).toBe("here");
  expect(readGeoJson(collection)?.features).toHaveLength(2);
});

test("what holds no shapes is no map", () => {
  expect(readGeoJson({ type: "FeatureCollection", features: [] })).toBeUndefined();
  expect(readGeoJson([1])).toBeUndefined();
  expect(readGeoJson({ type: "Point", coordinates: ["a", null] })).toBeUndefined();
});

test("several polygons of a feature are several shapes", () => {
  const ring = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
  ];
  const map = readGeoJson({ type: "MultiPolygon", coordinates: [[ring], [ring, ring]] });
  expect(map?.shapes.map(({ parts }) => parts.length)).toEqual([1, 2]);
});

test("north is up, and the way back is exact", () => {
  expect(project([10, 0])[1]).toBeCloseTo(0);
  expect(project([10, 50])[1]).toBeLessThan(0);
  expect(latitudeAt(project([0, 50])[1])).toBeCloseTo(50);
  expect(Number.isFinite(project([0, 90])[1])).toBe(true);
});

test("the box holds all shapes, and takes the form of its room", () => {
  const map = readGeoJson({
    type: "LineString",
    coordinates: [
      [0, 0],
      [10, 0],
    ],
  });
  const box = boxOf(map?.shapes ?? []);
  expect(box.x).toBeLessThan(0);
  expect(box.x + box.width).toBeGreaterThan(10);
  const filled = fillRoom(box, { width: 200, height: 100 });
  expect(filled.width / filled.height).toBeCloseTo(2);
  expect(zoomBox(box, 2, [5, 0]).width).toBeCloseTo(box.width / 2);
});

test("lines stand at round degrees", () => {
  expect(gridLines(-1, 11)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(gridLines(1, 1)).toEqual([]);
});

test("areas are closed, lines are not", () => {
  expect(
    pathOf(
      [
        [
          [0, 0],
          [1, 0],
        ],
      ],
      true,
    ),
  ).toMatch(/^M.*L.*Z$/);
  expect(
    pathOf(
      [
        [
          [0, 0],
          [1, 0],
        ],
      ],
      false,
    ),
  ).not.toContain("Z");
});
