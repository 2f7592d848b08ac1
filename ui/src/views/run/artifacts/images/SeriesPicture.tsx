import { useState } from "react";
import { formatCount } from "../../../../format/numbers";
import { artifactUrl } from "../../../../wire/client";
import type { SeriesImage } from "./imageSeries";
import "./Images.css";

export type SeriesPictureProps = {
  runId: string;
  name: string;
  /** Undefined where the series has none at the step. */
  image: SeriesImage | undefined;
  /** The step that was asked for; said apart where the image is of an earlier one. */
  step: number;
};

/** One image of a series, in the room that it is given. */
export function SeriesPicture({ runId, name, image, step }: SeriesPictureProps) {
  const [broken, setBroken] = useState<string>();
  if (!image) return <p className="SeriesPicture-none muted">none yet at step {step}</p>;
  if (broken === image.path) return <p className="SeriesPicture-none muted">not readable</p>;
  const title = `${name}, step ${image.step}`;
  return (
    <figure className="SeriesPicture">
      <a href={artifactUrl(runId, image.path)} download title="Download this image">
        <img
          src={artifactUrl(runId, image.path)}
          alt={title}
          data-testid="series-image"
          onError={() => setBroken(image.path)}
        />
      </a>
      {image.step !== step && (
        <figcaption className="muted num">of step {formatCount(image.step)}</figcaption>
      )}
    </figure>
  );
}
