// Runs the site's own script without a browser: node search_driver.js SITE < questions.json
// Questions are {fold: [texts], find: [queries], marks: [[text, query]]}; a browser's `document` is
// here as much as loading needs, and the bytes of what a query loads are counted.
const fs = require("fs"), path = require("path"), vm = require("vm");
const site = process.argv[2];
let bytes = 0;
globalThis.window = globalThis;
globalThis.document = {
  getElementById: () => null,
  createElement: () => ({}),
  head: {
    append: script => setImmediate(() => {
      const file = path.join(site, script.src);
      if (!fs.existsSync(file)) return script.onerror();
      bytes += fs.statSync(file).size;
      vm.runInThisContext(fs.readFileSync(file, "utf8"), file);
      script.onload();
    }),
  },
};
const code = fs.readFileSync(path.join(site, "static/search.js"), "utf8");
const fresh = () => vm.runInThisContext(code, "search.js");
fresh();
(async () => {
  const asked = JSON.parse(fs.readFileSync(0, "utf8"));
  const answer = { find: [], bytes: [], seconds: [] };
  await teikitSearch.find("x");
  for (const query of asked.find || []) {
    if (asked.cold) { fresh(); bytes = 0; }
    const started = process.hrtime.bigint();
    answer.find.push((await teikitSearch.find(query)).paragraphs);
    answer.seconds.push(Number(process.hrtime.bigint() - started) / 1e9);
    answer.bytes.push(bytes);
  }
  answer.fold = (asked.fold || []).map(teikitSearch.fold);
  answer.marks = (asked.marks || []).map(([text, query]) => teikitSearch.marks(text, query));
  answer.marked = (asked.marked || []).map(([text, query]) =>
    teikitSearch.marks(text, teikitSearch.parse(query)).map(([a, b]) => text.slice(a, b)));
  console.log(JSON.stringify(answer));
})();
