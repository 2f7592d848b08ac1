// Says how many bytes a first visit of the runs page loads, and fails above the budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 200;
const dist = new URL("../dist/", import.meta.url);

/** The entry and everything that it imports at once; what is loaded later does not count. */
function firstLoad(manifest) {
  const files = new Set();
  const visit = (name) => {
    const chunk = manifest[name];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const [name, chunk] of Object.entries(manifest)) if (chunk.isEntry) visit(name);
  return [...files];
}

const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
let total = 0;
for (const file of firstLoad(manifest)) {
  const size = gzipSync(readFileSync(new URL(file, dist))).length / 1000;
  total += size;
  console.log(`${size.toFixed(1).padStart(8)} kB  ${file}`);
}
console.log(`${total.toFixed(1).padStart(8)} kB  gzipped in all, of ${BUDGET_KB} kB allowed`);
if (total > BUDGET_KB) process.exit(1);
