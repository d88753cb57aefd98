// Searches the index of this site, search/*.js; only search.html loads it. The index is scripts, as a
// page that was opened from a disk may fetch nothing else. tools/teikit/search makes it and says how.
(() => {
"use strict";
// A place is the number of its paragraph times MANY, plus its place there.
const MANY = 2 ** 32;
const SHOWN = 20, FEW = 20, BEFORE = 120, LONG = 420;
// Name of a file -> {data: Promise, take, fail}
const parts = new Map();
let folder = "search/", fold, unit, tokens;

window.teikitSearch = (name, data) => parts.get(name)?.take(data);

function load(name) {
  let part = parts.get(name);
  if (!part) {
    parts.set(name, part = {});
    part.data = new Promise((take, fail) => Object.assign(part, { take, fail }));
    const script = document.createElement("script");
    const failed = () => { parts.delete(name); part.fail(new Error(name)); };
    let taken = false;
    part.data.then(() => taken = true, () => {});
    script.onerror = failed;
    script.onload = () => setTimeout(() => taken || failed());
    script.src = folder + name + ".js";
    document.head.append(script);
  }
  return part.data;
}

// ---- folding: the same as in folding.py ------------------------------------------------------

function makeFold(index) {
  const drop = new RegExp(`[${index.drop}]`, "gu"), own = new Map(Object.entries(index.fold));
  const forms = new Map(), known = new Map(), signs = [...index.variants];
  for (let i = 0; i < signs.length; i += 2) forms.set(signs[i], signs[i + 1]);
  const decomposed = text => {
    const apart = text.normalize("NFKD");
    return /[\u1100-\u11ff\u3099\u309a]/.test(apart) ? text.normalize("NFKC") : apart;
  };
  const plain = text => decomposed(text).replace(drop, "");
  const one = sign => {
    if (!known.has(sign)) {
      const folded = own.get(sign)
        ?? (sign >= "\uac00" && sign <= "\ud7a3" ? sign : plain(plain(sign).toLowerCase()));
      known.set(sign, [...folded].map(each => forms.get(each) ?? each).join(""));
    }
    return known.get(sign);
  };
  const units = /[\u3041-\u30ff\uff66-\uff9d][\u3099\u309a\uff9e\uff9f]|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[^]/gu;
  // the folded text, and where each of its code units comes from
  return text => {
    let out = "";
    const from = [];
    for (const found of text.matchAll(units)) {
      let signs = [...found[0]];
      if (signs.length > 1) signs = [...found[0].normalize("NFKC")];
      for (const each of signs.map(one).join("").split("")) {
        if (each === " " && (!out || out.endsWith(" "))) continue;
        out += each;
        from.push(found.index);
      }
    }
    from.push(text.length);
    return { text: out.replace(/ $/, ""), from };
  };
}

function start(index) {
  fold = makeFold(index);
  unit = new RegExp(`[${index.units}]`, "u");
  tokens = new RegExp(`((?:(?![${index.units}])[\\p{L}\\p{N}\\p{M}])+)(\\*?)|[${index.units}]+`, "gu");
}

// ---- the query -------------------------------------------------------------------------------

// What is asked for: {text} is any sequence of characters, {words} are words side by side.
function parse(query) {
  const terms = [];
  const pattern = /(?:"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|「([^」]+)」|『([^』]+)』)(?!\S)|\S+/gu;
  for (const found of query.slice(0, 500).matchAll(pattern)) {
    const { text } = fold(found.slice(1).find(each => each) ?? found[0]);
    if (unit.test(text)) terms.push({ text: text.replace(/\*+$/, "") });
    else {
      const words = [...text.matchAll(tokens)].map(each => ({ word: each[1], isPrefix: !!each[2] }));
      if (words.length) terms.push({ words });
    }
  }
  return terms;
}

// ---- lists of places -------------------------------------------------------------------------

// By code.
const digits = [];
for (let code = 0x21, digit = 0; code < 0x7f; code++)
  if (!'"\\<&'.includes(String.fromCharCode(code))) digits[code] = digit++;

function numbers(list) {
  const found = [];
  for (let i = 0, value = 0; i < list.length; i++) {
    const digit = digits[list.charCodeAt(i)];
    if (digit < 45) { found.push(value * 45 + digit); value = 0; }
    else value = value * 45 + digit - 45;
  }
  return found;
}

const steps = list => { let sum = 0; return numbers(list).map(each => sum += each); };

function places(list) {
  const found = [], all = numbers(list);
  for (let i = 0, paragraph = 0, place = 0; i < all.length; i += 2) {
    if (all[i]) { paragraph += all[i]; place = 0; }
    place += all[i + 1];
    found.push(paragraph * MANY + place);
  }
  return found;
}

// The number of the last that is not above the key.
function lastBelow(sorted, key) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= key) low = middle + 1; else high = middle;
  }
  return low - 1;
}

async function entries(name) {
  const all = (await load(name)).split(" "), found = new Map();
  for (let i = 0; i < all.length; i += 2) found.set(all[i], all[i + 1]);
  return found;
}

async function lists(index, kind, key, isPrefix) {
  const first = index[kind], files = [Math.max(0, lastBelow(first, key))];
  if (!first.length) return [];
  while (isPrefix && first[files.at(-1) + 1]?.startsWith(key)) files.push(files.at(-1) + 1);
  const found = await Promise.all(files.map(number => entries(kind[0] + number)));
  if (!isPrefix) return found[0].has(key) ? [found[0].get(key)] : [];
  return found.flatMap(file => [...file].filter(each => each[0].startsWith(key)).map(each => each[1]));
}

// All lists here are in order.
function paragraphsOf(found) {
  const all = [];
  for (const place of found) {
    const paragraph = Math.floor(place / MANY);
    if (paragraph !== all.at(-1)) all.push(paragraph);
  }
  return all;
}

function both(some, others) {
  const found = [];
  for (let i = 0, j = 0; i < some.length && j < others.length;) {
    if (some[i] < others[j]) i++;
    else if (some[i] > others[j]) j++;
    else { found.push(some[i++]); j++; }
  }
  return found;
}

const inOrder = (found, read) => found.length < 2 ? found.flatMap(read) : found.flatMap(read).sort((a, b) => a - b);

// Paragraphs with the words side by side.
async function findWords(index, words) {
  const all = await Promise.all(words.map(each => lists(index, "words", each.word, each.isPrefix)));
  const starts = all.map((found, at) => inOrder(found, places).map(place => place - at));
  return paragraphsOf(starts.reduce(both));
}

// Paragraphs with the characters, which have no space among them: pairs that hold each of them, three
// at a time; where few paragraphs are left, their words are looked at instead.
async function findRun(index, text) {
  const signs = [...text];
  if (signs.length === 1) return (await lists(index, "signs", text)).flatMap(steps);
  const pairs = [];
  for (let at = 0; at + 1 < signs.length; at += 2) pairs.push(at);
  if (signs.length % 2) pairs.push(signs.length - 2);
  let starts;
  while (pairs.length) {
    const some = pairs.splice(0, 3);
    const found = await Promise.all(some.map(at => lists(index, "pairs", signs[at] + signs[at + 1])));
    some.forEach((at, i) => {
      const here = found[i].flatMap(places).map(place => place - at);
      starts = starts ? both(starts, here) : here;
    });
    const left = paragraphsOf(starts);
    if (left.length <= FEW && pairs.length) return look(index, left, text);
  }
  return paragraphsOf(starts);
}

// Those of the paragraphs in which the folded text stands.
async function look(index, paragraphs, text) {
  const rows = await Promise.all(paragraphs.map(each => read(index, each)));
  return paragraphs.filter((_, i) => fold(rows[i][0]).text.includes(text));
}

async function findTerm(index, { text, words }) {
  if (words) return findWords(index, words);
  const runs = text.split(" ").filter(each => unit.test(each));
  const found = (await Promise.all(runs.map(each => findRun(index, each)))).reduce(both);
  return runs[0] === text ? found : look(index, found, text);
}

// The paragraphs, in order, that have all that is asked for.
async function find(query) {
  const index = await getIndex();
  const terms = parse(query);
  const found = await Promise.all(terms.map(term => findTerm(index, term)));
  return { terms, paragraphs: found.length ? found.reduce(both) : [] };
}

let ready;
const getIndex = () => ready ??= load("index").then(index => {
  start(index);
  index.starts = [0, ...steps(index.parts)];
  return index;
});

// A paragraph: [words, page or place in the text's page, language, "n" for a note]
async function read(index, paragraph) {
  const file = lastBelow(index.starts, paragraph);
  return (await load("t" + file))[paragraph - index.starts[file]];
}

// Where the words that were asked for stand in a text: [[start, end]], in order, none in another.
function marks(text, terms) {
  const folded = fold(text), found = [], all = [...folded.text.matchAll(tokens)];
  const add = (begin, end) => {
    let after = end;
    while (folded.from[after] === folded.from[end - 1]) after++;
    found.push([folded.from[begin], folded.from[after]]);
  };
  for (const term of terms) {
    if (term.text)
      for (let at = -1; (at = folded.text.indexOf(term.text, at + 1)) >= 0;) add(at, at + term.text.length);
    else
      for (let i = 0; i + term.words.length <= all.length; i++)
        if (term.words.every(({ word, isPrefix }, n) => isPrefix ? all[i + n][1]?.startsWith(word) : all[i + n][1] === word))
          term.words.forEach((_, n) => add(all[i + n].index, all[i + n].index + all[i + n][1].length));
  }
  const joined = [];
  for (const [begin, end] of found.sort((a, b) => a[0] - b[0])) {
    if (joined.length && begin <= joined.at(-1)[1]) joined.at(-1)[1] = Math.max(joined.at(-1)[1], end);
    else joined.push([begin, end]);
  }
  return joined;
}

Object.assign(window.teikitSearch, { find, marks, parse, fold: text => fold(text).text });

// ---- the page --------------------------------------------------------------------------------

const form = document.getElementById("tk-search");
if (!form) return;
const [asked, inText, kind, entity, status, results] =
  ["q", "in", "kind", "entity", "status", "results"].map(id => document.getElementById("tk-" + id));
const words = form.dataset;
folder = words.folder;
// An answer that comes after a newer question is not shown.
let turn = 0;

function make(name, content, properties) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...[content].flat());
  return element;
}

const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name].toLocaleString(document.documentElement.lang));

// What is asked for stands in the address, behind "#", so that it can be sent to others.
const state = () => new URLSearchParams(location.hash.slice(1) || location.search);

function address(values) {
  const all = new URLSearchParams(state());
  for (const [name, value] of Object.entries(values)) value ? all.set(name, value) : all.delete(name);
  return "#" + all;
}

async function getTexts() {
  const rows = await load("texts-" + words.language);
  let base = 0;
  return rows.map(([title, lang, page, count]) => ({ title, lang, page, base, end: base += count }));
}

async function getEntities(name) {
  return name ? load(`e-${name}-${words.language}`) : [];
}

async function fill(at) {
  asked.value = at.get("q") || "";
  const texts = await getTexts();
  if (inText.length < 2) for (const { title, page, lang } of texts) inText.append(make("option", title, { value: page, lang }));
  inText.value = at.get("text") || "";
  if (!kind) return;
  kind.value = at.get("kind") || "";
  const rows = await getEntities(kind.value);
  entity.replaceChildren(make("option", words.any, { value: "" }), ...rows.map(([name, value]) => make("option", name, { value })));
  entity.value = at.get("entity") || "";
  entity.parentNode.hidden = !rows.length;
}

// The paragraphs that are left by what was chosen.
async function narrow(found, at, texts) {
  const rows = await getEntities(kind?.value);
  if (rows.length) {
    const those = new Set(rows.filter(row => !entity.value || row[1] === entity.value).flatMap(row => steps(row[2])));
    found = found.filter(each => those.has(each));
  }
  const only = texts.find(each => each.page === at.get("text"));
  return { found: only ? found.filter(each => each >= only.base && each < only.end) : found, all: found };
}

async function run() {
  const mine = ++turn, at = state();
  try {
    await fill(at);
    if (!asked.value.trim()) { status.textContent = ""; results.replaceChildren(); return; }
    status.textContent = words.searching;
    const [{ terms, paragraphs }, texts] = await Promise.all([find(asked.value), getTexts()]);
    const { found, all } = await narrow(paragraphs, at, texts);
    const page = Math.min(Math.max(1, at.get("page") | 0), Math.ceil(found.length / SHOWN) || 1);
    const some = found.slice((page - 1) * SHOWN, page * SHOWN);
    const index = await getIndex(), rows = await Promise.all(some.map(each => read(index, each)));
    if (mine !== turn) return;
    const counts = count(all, texts);
    status.textContent = !terms.length ? words.empty : !found.length ? words.nothing
      : say(words.found, { count: found.length, texts: found === all ? counts.length : 1 });
    results.replaceChildren(...where(counts, at), ...list(some, rows, terms, texts), ...pages(found.length, page));
  } catch (problem) {
    if (mine === turn) { status.textContent = words.failed; results.replaceChildren(); }
    throw problem;
  }
}

const textOf = (texts, paragraph) => texts[lastBelow(texts.map(each => each.base), paragraph)];

function count(found, texts) {
  const counts = [];
  let at = 0;
  for (const text of texts) {
    const first = at;
    while (at < found.length && found[at] < text.end) at++;
    if (at > first) counts.push([text, at - first]);
  }
  return counts;
}

// In which texts how many were found; each leads to those.
function where(counts, at) {
  if (counts.length < 2) return [];
  const link = (title, lang, page, number) => make("li", [
    make("a", title, { lang, href: address({ text: page, page: "" }), ariaCurrent: (at.get("text") || "") === page ? "true" : null }),
    make("span", ` ${number}`, { className: "tk-count" })]);
  const sum = counts.reduce((all, each) => all + each[1], 0);
  return [make("details", [make("summary", words.texts), make("ul", [link(words.all, "", "", sum),
    ...counts.map(([{ title, lang, page }, number]) => link(title, lang, page, number))], { className: "tk-names" })],
    { open: counts.length < 12 })];
}

function list(some, rows, terms, texts) {
  const parts = [];
  let last, items;
  some.forEach((paragraph, i) => {
    const text = textOf(texts, paragraph), [content, place = "", lang = "", note] = rows[i];
    if (text !== last) {
      parts.push(make("h2", make("a", text.title, { lang: text.lang, href: text.page })), items = make("ol", [], { className: "tk-hits" }));
      last = text;
    }
    const target = place.startsWith("#") || !place ? text.page + place : place, id = target.split("#")[1];
    items.append(make("li", [
      make("p", excerpt(content, marks(content, terms)), { lang, dir: "auto" }),
      make("a", note ? words.note : id?.replace(/^tk-/, "") || words.open, { className: "tk-id", href: target })]));
  });
  return parts;
}

// A paragraph with its words marked; of a long one, what stands around the first of them.
function excerpt(text, found) {
  let begin = 0, end = text.length;
  if (end > LONG && found.length) {
    begin = Math.max(0, found[0][0] - BEFORE);
    end = Math.min(end, Math.max(begin + LONG, found[0][1]));
    while (begin && !cuts(text, begin)) begin++;
    while (end < text.length && !cuts(text, end)) end--;
  }
  const parts = begin ? ["…"] : [];
  for (const [from, to] of found.filter(each => each[0] < end)) {
    parts.push(text.slice(begin, from), make("mark", text.slice(from, to)));
    begin = to;
  }
  if (begin < end) parts.push(text.slice(begin, end));
  return end < text.length ? [...parts, "…"] : parts;
}

// Whether no word is cut there.
const cuts = (text, at) => !/[\p{L}\p{N}\p{M}]{2}/u.test(text.slice(at - 1, at + 1)) || unit.test(text[at - 1]) || unit.test(text[at]);

function pages(total, page) {
  const last = Math.ceil(total / SHOWN);
  if (last < 2) return [];
  const near = [1, page - 2, page - 1, page, page + 1, page + 2, last].filter(each => each >= 1 && each <= last);
  return [make("nav", make("ol", [...new Set(near)].map(each => make("li", make("a", String(each), {
    href: address({ page: each }), ariaLabel: say(words.page, { page: each }), ariaCurrent: each === page ? "page" : null })))),
    { className: "tk-result-pages", ariaLabel: words.pages })];
}

function go(event) {
  event.preventDefault();
  if (event.target === kind) entity.value = "";
  const next = address({ q: asked.value.trim(), text: inText.value, kind: kind?.value, entity: entity?.value, page: "" });
  if (next === location.hash) run(); else location.hash = next;
}

form.addEventListener("submit", go);
form.addEventListener("change", event => { if (event.target !== asked) go(event); });
addEventListener("hashchange", async () => { await run(); if (document.activeElement === document.body) status.focus(); scrollTo(0, 0); });
document.getElementById("tk-without").hidden = true;
form.hidden = false;
run();
})();
