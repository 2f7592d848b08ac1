import { formatCount } from "../../../../format/numbers";
import "./Images.css";

export type StepSliderProps = {
  /** Ascending. */
  steps: readonly number[];
  /** Which of them is chosen. */
  index: number;
  label: string;
  onIndex: (index: number) => void;
};

/** Picks a step; arrow keys go one step on, whatever lies between. */
export function StepSlider({ steps, index, label, onIndex }: StepSliderProps) {
  const step = steps[index];
  if (steps.length < 2) {
    return <span className="muted num">step {step === undefined ? "–" : formatCount(step)}</span>;
  }
  return (
    <label className="StepSlider">
      <input
        type="range"
        min={0}
        max={steps.length - 1}
        value={index}
        aria-label={label}
        aria-valuetext={`step ${step}`}
        data-testid="step-slider"
        onChange={(event) => onIndex(Number(event.target.value))}
      />
      <span className="num">
        step <strong>{formatCount(step ?? 0)}</strong>{" "}
        <span className="muted">
          {index + 1} of {steps.length}
        </span>
      </span>
    </label>
  );
}
