/** The first line of a note that says something, without the marks of Markdown. */
export function firstLine(note: string): string {
  const lines = note.split("\n").map((line) => line.replace(/^[#>*\-\s]+/, "").trim());
  const isHeading = /^\s*#/.test(note);
  const told = lines.filter((line) => line !== "");
  return ((isHeading ? told[1] : undefined) ?? told[0] ?? "").replace(/[*_`]/g, "");
}
