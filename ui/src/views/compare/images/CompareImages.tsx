import { useMemo, useState } from "react";
import { RunDot } from "../../../components/RunDot";
import type { RunRow } from "../../../store/rows";
import { useFolders } from "../../../store/useArtifacts";
import {
  type ImageSeries,
  imageAt,
  imageSeries,
  SERIES_FOLDER,
  stepsOf,
} from "../../run/artifacts/images/imageSeries";
import { SeriesPicture } from "../../run/artifacts/images/SeriesPicture";
import { StepSlider } from "../../run/artifacts/images/StepSlider";
import { sharedPictures } from "./sharedPictures";
import "./CompareImages.css";

export type CompareImagesProps = { runs: readonly RunRow[] };

/** Images that the runs kept under the same key or name, side by side. */
export function CompareImages({ runs }: CompareImagesProps) {
  const asked = runs.flatMap(({ id }) => [
    { runId: id, path: SERIES_FOLDER },
    { runId: id, path: "" },
  ]);
  const folders = useFolders(asked, { isLive: false });
  const series = runs.map((_, index) => imageSeries(folders[2 * index]?.data?.files ?? []));
  const pictures = sharedPictures(
    runs.map((_, index) => folders[2 * index + 1]?.data?.files ?? []),
  );
  const keys = [...new Set(series.flatMap((each) => each.map(({ key }) => key)))].sort();
  if (keys.length === 0 && pictures.length === 0) return null;
  return (
    <section className="CompareImages" aria-label="Images" data-testid="compare-images">
      <h2>Images</h2>
      {keys.map((key) => (
        <ComparedSeries
          key={key}
          name={key}
          runs={runs}
          series={series.map((each) => each.find((one) => one.key === key))}
        />
      ))}
      {pictures.map((path) => (
        <section key={path} aria-label={path}>
          <h3 className="mono">{path}</h3>
          <div className="CompareImages-row">
            {runs.map((run) => (
              <PictureOf key={run.id} run={run}>
                <SeriesPicture
                  runId={run.id}
                  name={path}
                  image={{ path, smallPath: undefined, step: 0, timestamp: 0 }}
                  step={0}
                />
              </PictureOf>
            ))}
          </div>
        </section>
      ))}
    </section>
  );
}

type ComparedSeriesProps = {
  name: string;
  runs: readonly RunRow[];
  /** One for each run, in their order; undefined for a run without. */
  series: readonly (ImageSeries | undefined)[];
};

function ComparedSeries({ name, runs, series }: ComparedSeriesProps) {
  const steps = useMemo(() => stepsOf(series.filter((each) => each !== undefined)), [series]);
  const [chosen, setChosen] = useState<number>();
  const index = Math.min(chosen ?? steps.length - 1, steps.length - 1);
  const step = steps[index] ?? 0;
  return (
    <section aria-label={name}>
      <header className="CompareImages-head">
        <h3 className="mono">{name}</h3>
        <StepSlider steps={steps} index={index} label={`Step of ${name}`} onIndex={setChosen} />
      </header>
      <div className="CompareImages-row">
        {runs.map((run, place) => (
          <PictureOf key={run.id} run={run}>
            <SeriesPicture
              runId={run.id}
              name={name}
              image={imageAt(series[place], step)}
              step={step}
            />
          </PictureOf>
        ))}
      </div>
    </section>
  );
}

type PictureOfProps = { run: RunRow; children: React.ReactNode };

function PictureOf({ run, children }: PictureOfProps) {
  return (
    <div className="CompareImages-run">
      <p className="clip" title={run.name}>
        <RunDot runId={run.id} /> {run.name}
      </p>
      {children}
    </div>
  );
}
