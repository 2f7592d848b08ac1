import { EmptyState } from "../../components/EmptyState";
import { Link } from "../../components/Link";
import { paths } from "../../routing/paths";

export type MissingPageProps = { path: string };

/** No page has this address. */
export function MissingPage({ path }: MissingPageProps) {
  return (
    <EmptyState title="There is no page at this address">
      <p>
        Nothing is shown at <code>{path}</code>. The link may be mistyped or from another version.
      </p>
      <Link className="TextLink" to={paths.experiments()}>
        See all experiments
      </Link>
    </EmptyState>
  );
}
