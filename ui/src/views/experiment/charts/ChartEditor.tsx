import { type FormEvent, useState } from "react";
import { titleOf } from "../../../charts/chartSpec";
import { Button } from "../../../components/Button";
import { Dialog } from "../../../components/Dialog";
import { Field } from "../../../components/Field";
import { Segmented } from "../../../components/Segmented";
import type { KeptChart } from "../../../store/chartsTag";
import { chartFrom, draftOf } from "./chartDraft";
import { FieldSelect } from "./FieldSelect";
import type { FieldChoices } from "./fieldChoices";
import { MetricChecks } from "./MetricChecks";
import "./ChartEditor.css";

export type ChartEditorProps = {
  /** The one to change; undefined for a new one. */
  chart: KeptChart | undefined;
  choices: FieldChoices;
  /** Resolves to false when the chart was not kept. */
  onSave: (chart: KeptChart) => Promise<boolean>;
  onClose: () => void;
};

const KINDS = [
  { id: "line", label: "Lines" },
  { id: "scatter", label: "Scatter" },
  { id: "bar", label: "Bars" },
] as const;

/** Where a chart is made or changed. */
export function ChartEditor({ chart, choices, onSave, onClose }: ChartEditorProps) {
  const [draft, setDraft] = useState(() => draftOf(chart, choices));
  const made = chartFrom(draft);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (made && (await onSave(made))) onClose();
  };
  const metrics = choices.metrics.map((key) => ({ id: key, label: key }));
  return (
    <Dialog
      title={chart ? "Edit chart" : "Add a chart"}
      description="It is kept with the experiment: everyone who opens it sees the chart."
      isOpen
      onClose={onClose}
    >
      <form className="Form ChartEditor" data-testid="chart-editor" onSubmit={submit}>
        <Segmented
          label="Kind of chart"
          segments={KINDS}
          active={draft.kind}
          onChange={(kind) => setDraft({ ...draft, kind })}
        />
        {draft.kind === "line" && (
          <MetricChecks
            keys={choices.metrics}
            chosen={draft.metrics}
            onChange={(chosen) => setDraft({ ...draft, metrics: chosen })}
          />
        )}
        {draft.kind === "scatter" && (
          <div className="ChartEditor-axis">
            <FieldSelect
              label="Across"
              value={draft.x}
              groups={[
                {
                  name: "Params",
                  options: choices.params.map((key) => ({ id: `params.${key}`, label: key })),
                },
                {
                  name: "Metrics",
                  options: choices.metrics.map((key) => ({ id: `metrics.${key}`, label: key })),
                },
              ]}
              onChange={(x) => setDraft({ ...draft, x })}
            />
            <LogCheck isOn={draft.isLogX} onChange={(isLogX) => setDraft({ ...draft, isLogX })} />
          </div>
        )}
        {draft.kind !== "line" && (
          <div className="ChartEditor-axis">
            <FieldSelect
              label={draft.kind === "bar" ? "Metric" : "Upwards"}
              value={draft.y}
              groups={[{ name: "Metrics", options: metrics }]}
              onChange={(y) => setDraft({ ...draft, y })}
            />
            {draft.kind === "scatter" && (
              <LogCheck
                isOn={draft.isLogY}
                onChange={(isLogY) => setDraft({ ...draft, isLogY })}
              />
            )}
          </div>
        )}
        <Field
          label="Title"
          value={draft.title}
          placeholder={made ? titleOf(made.spec) : "Named after what it shows"}
          maxLength={120}
          onChange={(title) => setDraft({ ...draft, title })}
        />
        <div className="Dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={!made}>
            {chart ? "Save chart" : "Add chart"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function LogCheck({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <label className="ChartEditor-check">
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
      Log
    </label>
  );
}
