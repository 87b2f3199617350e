// Words of the data in the reader's language, and text put into elements as text. The
// page has loaded them before: a file for each language, the same for all pages.

const { words, sentences, locators } = globalThis.wording ?? { words: {}, sentences: {} };
const han = /\p{Script=Han}/u;
// The page brings what this reader calls issuers, each with its other names.
const lines = document.getElementById("issuer-names")?.dataset.names.split("\n") ?? [];
const called = lines.map((line) => line.split("\t"));
const issuers = new Map(called.flatMap(([lang, name, ...others]) => (
  others.map((other) => [other.toLowerCase(), [lang, name]]))));

export const USABLE = ["preferred", "admitted"];

export function word(name) {
  return Object.hasOwn(words, name) ? words[name] : name;
}

// A sentence with its values in it.
export function say(name, values = {}) {
  const filled = (text, [key, value]) => text.replace(`{${key}}`, () => value);
  return Object.entries(values).reduce(filled, sentences[name] ?? name);
}

export function tongue(text) {
  return han.test(text) ? "zh" : "en";
}

// Texts as a list in a sentence.
export function listed(texts) {
  return texts.reduce((one, other) => (one ? say("listed", { one, other }) : other), "");
}

// The language and the name of an issuer as this reader knows it.
export function whose(text) {
  return issuers.get(text.toLowerCase()) ?? [tongue(text), text];
}

// What a Chinese numeral counts to, null where it is ill-formed.
function counted(numeral) {
  if (/^[0-9a-z]*$/.test(numeral)) return numeral;
  const value = (c) => (c === "零" ? 0 : "〇一二三四五六七八九".indexOf(c));
  if (!/[十百]/.test(numeral)) return Number([...numeral].map(value).join(""));
  const form = numeral.match(/^(?:([一二三四五六七八九]?)(百))?[〇零]?(?:([一二三四五六七八九]?)(十))?[〇零]?([一二三四五六七八九]?)$/);
  if (!form) return null;
  const [, hundreds, hundred, tens, ten, ones] = form;
  return (hundred ? 100 * value(hundreds || "一") : 0)
    + (ten ? 10 * value(tens || "一") : 0) + (ones ? value(ones) : 0);
}

// A part of a place that was written in Chinese, in English or in the reader's script.
function chinesePart(text, { step, units, names, characters }) {
  if (!new RegExp(`^(?:${step.replace(/\?<[a-z]+>/g, "?:")})+$`).test(text)) return null;
  if (characters) {
    const [from, to] = characters.map((each) => [...each]);
    return [...text].map((c) => to[from.indexOf(c)] ?? c).join("");
  }
  let [line, isArticle] = ["", false];
  for (const { groups } of text.matchAll(new RegExp(step, "g"))) {
    const comma = line && ", ";
    const unit = groups.unit ?? groups.annex;
    const count = counted(groups.number ?? groups.which ?? groups.below ?? "");
    if (count === null) return null;
    if (groups.name) line += comma + names[groups.name][line ? 1 : 0];
    else if (!unit || (unit === "款" && isArticle)) line += `(${count})`;
    else line += comma + units[unit].replace("{number}", count);
    isArticle = unit === "条" || unit === "條";
  }
  return line;
}

// One part of a place in a document in the reader's language, or nothing.
function part(text, { chinese, numbered, alone, clauses, numerals }) {
  if (!numbered || han.test(text)) return chinesePart(text, chinese);
  const name = text.toLowerCase();
  if (Object.hasOwn(alone, name)) return alone[name];
  const match = text.match(/^(.+?) ([0-9A-Z][0-9A-Z.]*(?:[–-][0-9A-Z.]+)?)((?:\([0-9A-Za-z]+\))*)$/);
  const template = match && Object.hasOwn(numbered, match[1].toLowerCase()) && numbered[match[1].toLowerCase()];
  if (!template) return null;
  const filled = (text, number) => text.replace("{number}", () => number);
  const number = match[2].replace(/[0-9A-Z.]+/g, (each) => (Object.hasOwn(numerals, each) ? numerals[each] : each));
  if (template === numbered.paragraph) return filled(template, number + match[3]);
  if (template !== numbered.article) return filled(template, number) + match[3];
  const below = [...match[3].matchAll(/\(([0-9A-Za-z]+)\)/g)].map(([, clause], at) => (
    filled(clauses[at === 0 && /^[0-9]+$/.test(clause) ? 0 : 1], clause)));
  return filled(template, number) + below.join("");
}

// The language and the text of a place in a document, as `glossary.speech` says it.
export function located(text, table = locators) {
  if (!table) return [tongue(text), text];
  const parts = text.split(", ").map((each) => [part(each, table), each]);
  if (parts.every(([known]) => known === null)) return [tongue(text), text];
  const shown = parts.reduce((before, [known, each], at) => {
    const isJoined = !at || (table.numbered && known !== null && parts[at - 1][0] !== null);
    return before + (isJoined ? "" : (table.numbered ? "，" : ", ")) + (known ?? each);
  }, "");
  return [document.documentElement.lang, shown];
}

// The time of a wording as it is shown, empty where neither end is known.
export function period({ since, until }) {
  return since || until ? `${since || ""}–${until || ""}` : "";
}

// A wording as people write it: its slots as an ellipsis.
export function dotted(text) {
  return text.replaceAll("{…}", "…");
}

export function fill(element, text, lang) {
  element.textContent = dotted(text);
  if (lang) element.lang = lang;
}

export function copyOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

// Nobody vouches yet for an entry of these states.
export function isDraft(state) {
  return state === "draft" || state === "in-review";
}

// The mark of an entry that nobody vouches for, if it is one.
export function unproved(state) {
  return isDraft(state) ? [" ", copyOf("unproved")] : [];
}

// A reader of Traditional Chinese gets it where nothing is said of the script.
export function forReader(query) {
  const script = document.documentElement.lang;
  const parameters = new URLSearchParams(query);
  const isSaid = parameters.has("from") || parameters.has("to");
  if (script !== "zh-Hant" || isSaid) return parameters;
  parameters.set(tongue(parameters.get("q")) === "zh" ? "from" : "to", script);
  return parameters;
}

// The text by language that this reader reads best, as the server chooses it.
export function best(texts) {
  const mine = document.documentElement.lang;
  const tags = Object.keys(texts);
  const near = tags.filter((tag) => tag.split("-")[0] === mine.split("-")[0]);
  const tag = [mine, ...near, "en", ...tags].find((each) => texts[each]);
  return tag ? [tag, texts[tag]] : null;
}
