import type { Lit } from "../../../charts/lit";
import { useIsLit } from "../../../charts/useIsLit";
import { Button } from "../../../components/Button";
import { EyeIcon } from "../../../components/icons/EyeIcon";
import { EyeOffIcon } from "../../../components/icons/EyeOffIcon";
import { Link } from "../../../components/Link";
import { RunDot } from "../../../components/RunDot";
import { StatusIcon } from "../../../components/StatusIcon";
import { paths } from "../../../routing/paths";
import type { RunRow } from "../../../store/rows";

export type PaneRowProps = {
  row: RunRow;
  offset: number;
  value: string;
  isDrawn: boolean;
  lit: Lit;
  onEye: (isOn: boolean) => void;
};

/** One run of the list: its eye, colour, status, name and the value it is sorted by. */
export function PaneRow({ row, offset, value, isDrawn, lit, onEye }: PaneRowProps) {
  const isLit = useIsLit(lit, row.id);
  const names = ["PaneRow", isLit && "is-lit", !isDrawn && "is-hidden"];
  return (
    <li
      className={names.filter(Boolean).join(" ")}
      data-testid="pane-run"
      style={{ transform: `translateY(${offset}px)` }}
      onPointerEnter={() => isDrawn && lit.set(row.id)}
      onPointerLeave={() => lit.set(undefined)}
    >
      <Button
        kind="quiet"
        isIcon
        aria-pressed={isDrawn}
        aria-label={`Draw ${row.name}`}
        title={isDrawn ? "Hide this run" : "Show this run"}
        onClick={() => onEye(!isDrawn)}
      >
        {isDrawn ? <EyeIcon size={14} /> : <EyeOffIcon size={14} />}
      </Button>
      <RunDot runId={row.id} />
      <StatusIcon status={row.status} />
      <Link className="clip" to={paths.run(row.experimentId, row.id)} title={row.name}>
        {row.name}
      </Link>
      <span className="PaneRow-value clip">{value}</span>
    </li>
  );
}
