// Judges Markdown files with yoastseo's SEO and readability assessors, as a linter would run it: node yoast.mjs FILE...
// Needs the packages yoastseo and markdown-it in the folder it is run from.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import path from "node:path";

const require = createRequire(path.join(process.cwd(), "package.json"));
const { Paper, assessors, helpers } = require("yoastseo");
const Researcher = require("yoastseo/build/languageProcessing/languages/en/Researcher").default;
const markdown = require("markdown-it")({ html: true });
void helpers;

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8").replace(/^---\n[^]*?\n---\n/, "");
  const paper = new Paper(markdown.render(text), { keyword: "open source", locale: "en_US", title: file });
  const researcher = new Researcher(paper);
  for (const Assessor of [assessors.SEOAssessor, assessors.ContentAssessor]) {
    const assessor = new Assessor(researcher, {});
    assessor.assess(paper);
    process.stdout.write(`${file} ${assessor.calculateOverallScore()}\n`);
  }
}
