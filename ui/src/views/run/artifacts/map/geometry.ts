/** A place: longitude and latitude in degrees. */
export type Place = readonly [number, number];

/** A shape to draw; a polygon's rings follow each other, holes by the even-odd rule. */
export type Shape = {
  kind: "point" | "line" | "area";
  parts: Place[][];
  /** Which feature it belongs to. */
  feature: number;
};

export type Feature = { properties: Record<string, unknown>; name: string };
export type GeoMap = { features: Feature[]; shapes: Shape[] };

type Json = Record<string, unknown>;

/** Read GeoJSON: a collection, a feature or a bare geometry. Undefined for anything else. */
export function readGeoJson(value: unknown): GeoMap | undefined {
  if (!isObject(value) || typeof value.type !== "string") return undefined;
  const listed = value.type === "FeatureCollection" ? value.features : [value];
  if (!Array.isArray(listed)) return undefined;
  const map: GeoMap = { features: [], shapes: [] };
  for (const each of listed) {
    if (!isObject(each)) continue;
    const isFeature = each.type === "Feature";
    const properties = isFeature && isObject(each.properties) ? each.properties : {};
    const feature = map.features.length;
    map.features.push({ properties, name: nameOf(properties, each.id, feature) });
    addGeometry(map.shapes, isFeature ? each.geometry : each, feature);
  }
  return map.shapes.length > 0 ? map : undefined;
}

function nameOf(properties: Json, id: unknown, index: number): string {
  for (const key of ["name", "NAME", "title", "label", "id"]) {
    const value = properties[key];
    if (typeof value === "string" || typeof value === "number") return String(value);
  }
  return id === undefined ? `Feature ${index + 1}` : String(id);
}

function addGeometry(shapes: Shape[], geometry: unknown, feature: number): void {
  if (!isObject(geometry)) return;
  const { type, coordinates } = geometry;
  const add = (kind: Shape["kind"], parts: unknown) => {
    const read = partsOf(parts);
    if (read.length > 0) shapes.push({ kind, parts: read, feature });
  };
  if (type === "Point") add("point", [[coordinates]]);
  else if (type === "MultiPoint") add("point", [coordinates]);
  else if (type === "LineString") add("line", [coordinates]);
  else if (type === "MultiLineString") add("line", coordinates);
  else if (type === "Polygon") add("area", coordinates);
  else if (type === "MultiPolygon" && Array.isArray(coordinates)) {
    for (const polygon of coordinates) add("area", polygon);
  } else if (type === "GeometryCollection" && Array.isArray(geometry.geometries)) {
    for (const each of geometry.geometries) addGeometry(shapes, each, feature);
  }
}

function partsOf(parts: unknown): Place[][] {
  if (!Array.isArray(parts)) return [];
  return parts
    .map((part: unknown) => (Array.isArray(part) ? part.flatMap(placeOf) : []))
    .filter((part) => part.length > 0);
}

function placeOf(pair: unknown): Place[] {
  if (!Array.isArray(pair)) return [];
  const [longitude, latitude] = pair as unknown[];
  if (typeof longitude !== "number" || typeof latitude !== "number") return [];
  return Number.isFinite(longitude) && Number.isFinite(latitude) ? [[longitude, latitude]] : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
