import { useState } from "react";
import { type ImageSeries, imageAt, stepsOf } from "./imageSeries";
import { SeriesPicture } from "./SeriesPicture";
import { StepSlider } from "./StepSlider";
import "./Images.css";

export type SeriesViewProps = { runId: string; series: readonly ImageSeries[] };

/** Series of images, each with a slider over its steps; the newest step shows first. */
export function SeriesView({ runId, series }: SeriesViewProps) {
  return (
    <div className="SeriesView" data-testid="image-series">
      {series.map((one) => (
        <OneSeries key={one.key} runId={runId} series={one} />
      ))}
    </div>
  );
}

function OneSeries({ runId, series }: { runId: string; series: ImageSeries }) {
  const steps = stepsOf([series]);
  const [chosen, setChosen] = useState<number>();
  const index = Math.min(chosen ?? steps.length - 1, steps.length - 1);
  const step = steps[index] ?? 0;
  return (
    <section className="SeriesView-one" aria-label={series.key}>
      <header>
        <h3 className="mono clip" title={series.key}>
          {series.key}
        </h3>
        <StepSlider
          steps={steps}
          index={index}
          label={`Step of ${series.key}`}
          onIndex={setChosen}
        />
      </header>
      <SeriesPicture runId={runId} name={series.key} image={imageAt(series, step)} step={step} />
    </section>
  );
}
