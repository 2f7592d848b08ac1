import { useState } from "react";
import { Button } from "../../../components/Button";
import { PencilIcon } from "../../../components/icons/PencilIcon";
import { PlusIcon } from "../../../components/icons/PlusIcon";
import { TrashIcon } from "../../../components/icons/TrashIcon";
import { deleteRunTag, setRunTag } from "../../../store/runEdits";
import type { Run, Tag } from "../../../wire/types";
import { splitTags } from "../runFacts";
import { Section } from "../Section";
import { LongValue } from "./LongValue";
import { TagForm } from "./TagForm";

export type TagsSectionProps = { run: Run };

/** A run's tags: add, change, remove. What the tracker set for itself is folded away. */
export function TagsSection({ run }: TagsSectionProps) {
  const [edited, setEdited] = useState<string>();
  const { own, internal } = splitTags(run.data?.tags ?? []);
  const runId = run.info.run_id;
  const canEdit = run.info.lifecycle_stage === "active";
  const save = async (tag: Tag) => {
    setEdited(undefined);
    await setRunTag(runId, tag.key, tag.value);
  };
  return (
    <Section
      title="Tags"
      count={own.length}
      tools={
        canEdit && (
          <Button kind="quiet" onClick={() => setEdited(edited === "" ? undefined : "")}>
            <PlusIcon size={14} /> Add tag
          </Button>
        )
      }
    >
      {edited === "" && (
        <TagForm
          taken={own.map(({ key }) => key)}
          onSave={save}
          onCancel={() => setEdited(undefined)}
        />
      )}
      {own.length === 0 && edited === undefined && (
        <p className="Section-empty">
          No tags. They can be searched: <code>tags.team = 'pricing'</code>.
        </p>
      )}
      {own.length > 0 && (
        <table className="Overview-table" data-testid="tags-table">
          <tbody>
            {own.map((tag) =>
              edited === tag.key ? (
                <tr key={tag.key}>
                  <td colSpan={3}>
                    <TagForm
                      tag={tag}
                      taken={[]}
                      onSave={save}
                      onCancel={() => setEdited(undefined)}
                    />
                  </td>
                </tr>
              ) : (
                <tr key={tag.key}>
                  <th scope="row" className="clip" title={tag.key}>
                    {tag.key}
                  </th>
                  <td className="Overview-value mono">
                    <LongValue text={tag.value} />
                  </td>
                  {canEdit && (
                    <td width="68">
                      <span className="Overview-row-tools">
                        <Button
                          kind="quiet"
                          isIcon
                          aria-label={`Edit tag ${tag.key}`}
                          onClick={() => setEdited(tag.key)}
                        >
                          <PencilIcon size={14} />
                        </Button>
                        <Button
                          kind="quiet"
                          isIcon
                          aria-label={`Delete tag ${tag.key}`}
                          onClick={() => void deleteRunTag(runId, tag)}
                        >
                          <TrashIcon size={14} />
                        </Button>
                      </span>
                    </td>
                  )}
                </tr>
              ),
            )}
          </tbody>
        </table>
      )}
      {internal.length > 0 && (
        <details className="Overview-fold">
          <summary>{internal.length} set by the tracker</summary>
          <table className="Overview-table">
            <tbody>
              {internal.map(({ key, value }) => (
                <tr key={key}>
                  <th scope="row" className="clip muted" title={key}>
                    {key}
                  </th>
                  <td className="Overview-value mono">
                    <LongValue text={value} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </Section>
  );
}
