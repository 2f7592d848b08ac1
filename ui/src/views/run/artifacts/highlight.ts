import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import cpp from "highlight.js/lib/languages/cpp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import ini from "highlight.js/lib/languages/ini";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import markdown from "highlight.js/lib/languages/markdown";
import python from "highlight.js/lib/languages/python";
import r from "highlight.js/lib/languages/r";
import rust from "highlight.js/lib/languages/rust";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { type Token, tokenLines } from "./tokenLines";

const LANGUAGES = {
  bash,
  cpp,
  css,
  diff,
  ini,
  java,
  javascript,
  json,
  markdown,
  python,
  r,
  rust,
  sql,
  typescript,
  xml,
  yaml,
};
for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language);
hljs.registerAliases(["ipynb", "geojson"], { languageName: "json" });
hljs.registerAliases(["cfg", "conf", "lock", "env"], { languageName: "ini" });
hljs.registerAliases("scala", { languageName: "java" });

/** Lines of coloured pieces; undefined for a language that is not known here. */
export function highlight(text: string, language: string): Token[][] | undefined {
  if (!hljs.getLanguage(language)) return undefined;
  return tokenLines(hljs.highlight(text, { language, ignoreIllegals: true }).value);
}
