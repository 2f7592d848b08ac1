import { Facts } from "../../../../components/Facts";
import { formatCount } from "../../../../format/numbers";
import { valueText } from "../values/valueRows";
import type { GeoMap } from "./geometry";

export type FeatureFactsProps = {
  map: GeoMap;
  chosen: number | undefined;
  onChoose: (feature: number | undefined) => void;
};

const MOST = 500;

/** The features of a map as a list, and what is said of the chosen one. */
export function FeatureFacts({ map, chosen, onChoose }: FeatureFactsProps) {
  const feature = chosen === undefined ? undefined : map.features[chosen];
  const facts = Object.entries(feature?.properties ?? {});
  return (
    <aside className="FeatureFacts">
      {feature && (
        <section aria-label={feature.name}>
          <h3>{feature.name}</h3>
          {facts.length === 0 && <p className="muted">Nothing is said of it.</p>}
          <Facts>
            {facts.map(([key, value]) => (
              <div key={key}>
                <dt className="clip" title={key}>
                  {key}
                </dt>
                <dd className="mono">{typeof value === "string" ? value : valueText(value)}</dd>
              </div>
            ))}
          </Facts>
        </section>
      )}
      <h3>
        {formatCount(map.features.length)} {map.features.length === 1 ? "feature" : "features"}
      </h3>
      <ul>
        {map.features.slice(0, MOST).map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: features never move
          <li key={index}>
            <button
              type="button"
              className="clip"
              aria-pressed={index === chosen}
              onClick={() => onChoose(index === chosen ? undefined : index)}
            >
              {each.name}
            </button>
          </li>
        ))}
      </ul>
      {map.features.length > MOST && <p className="muted">The first {MOST} are listed.</p>}
    </aside>
  );
}
