// Words of the data in the reader's language, and text put into elements as text. The
// page has loaded them before: a file for each language, the same for all pages.

const { words, sentences } = globalThis.wording ?? { words: {}, sentences: {} };
const han = /\p{Script=Han}/u;

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
