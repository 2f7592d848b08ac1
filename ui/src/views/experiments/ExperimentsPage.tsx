/** All experiments of this store. */
export function ExperimentsPage() {
  return <h1>Experiments</h1>;
}
