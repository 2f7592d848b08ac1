import { useMemo, useState } from "react";
import type { RichViewProps } from "../richView";
import { Unreadable } from "../Unreadable";
import { parseJson } from "../values/parseValues";
import { FeatureFacts } from "./FeatureFacts";
import { readGeoJson } from "./geometry";
import { MapDrawing } from "./MapDrawing";
import "./MapView.css";

/** A GeoJSON file as a map, drawn here: no tile is asked of anybody. */
export function MapView({ text }: RichViewProps) {
  const map = useMemo(() => {
    const parsed = parseJson(text);
    return "value" in parsed ? readGeoJson(parsed.value) : undefined;
  }, [text]);
  const [chosen, setChosen] = useState<number>();
  if (!map) return <Unreadable reason="This is not GeoJSON with shapes in it." text={text} />;
  return (
    <div className="MapView" data-testid="map">
      <MapDrawing map={map} chosen={chosen} onChoose={setChosen} />
      <FeatureFacts map={map} chosen={chosen} onChoose={setChosen} />
    </div>
  );
}
