// The pane beside a document in Word. Without Word it looks up what is typed.
import { ROOT } from "./root.js";
import { fill, USABLE, word } from "./words.js";

const box = document.getElementById("q");
const list = document.getElementById("hits");
const state = document.getElementById("state");
const findings = document.getElementById("findings");
// As long as a query may be; a longer selection is no phrase.
const LONGEST = 500;
let inWord = false;

function tell(name, reason = "") {
  state.textContent = name ? state.dataset[name].replace("{reason}", () => reason) : "";
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(`${ROOT}${path}`, options);
  } catch {
    tell("away");
    return null;
  }
  if (answer.ok) return answer.json();
  const refusal = await answer.json().catch(() => ({}));
  tell("refused", refusal.detail || refusal.message || String(answer.status));
  return null;
}

function button(text, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  element.addEventListener("click", act);
  return element;
}

function text(content, lang, kind = "span") {
  const element = document.createElement(kind);
  fill(element, content, lang);
  return element;
}

function insert(content) {
  Office.context.document.setSelectedDataAsync(content, { coercionType: Office.CoercionType.Text });
}

function wording(term) {
  const line = document.createElement("p");
  const content = text(term.text, term.lang);
  content.className = `text ${term.status}`;
  line.append(content, " ", text(word(term.status)));
  if (inWord && USABLE.includes(term.status)) line.append(" ", button(list.dataset.insert, () => insert(term.text)));
  return line;
}

function shown(hit) {
  const item = document.createElement("li");
  const head = text(hit.term.text, hit.term.lang, "a");
  head.href = `${ROOT}/entries/${encodeURIComponent(hit.entry)}`;
  head.target = "_blank";
  head.rel = "noopener";
  const title = document.createElement("h2");
  title.append(head);
  if (!USABLE.includes(hit.term.status)) title.append(" ", text(word(hit.term.status)));
  if (hit.state === "draft") title.append(" ", text(word("draft")));
  const instead = hit.use.length ? [text(`${list.dataset.use}:`, "", "p")] : [];
  item.append(title, ...instead, ...hit.use.map(wording), ...hit.equivalents.map(wording));
  return item;
}

async function lookUp(phrase) {
  const q = phrase.trim();
  if (!q || q.length > LONGEST) return;
  const fields = "entry,term,equivalents,use,state";
  const answer = await ask(`/api/v1/lookup?limit=5&fields=${fields}&q=${encodeURIComponent(q)}`);
  if (!answer || box.value.trim() !== q) return;
  list.replaceChildren(...answer.hits.map(shown));
  tell(answer.hits.length ? "" : "none");
}

function selected() {
  Office.context.document.getSelectedDataAsync(Office.CoercionType.Text, (result) => {
    if (result.status !== Office.AsyncResultStatus.Succeeded || !result.value.trim()) return;
    box.value = result.value.trim().slice(0, LONGEST);
    lookUp(box.value);
  });
}

// Word searches for texts of up to 255 characters; no wording is longer.
function inDocument(wrong, act) {
  return Word.run(async (context) => {
    const places = context.document.body.search(wrong.slice(0, 255), { matchCase: true });
    places.load("items");
    await context.sync();
    if (places.items.length) act(places.items[0]);
    await context.sync();
  });
}

function finding(match, whole) {
  const wrong = whole.slice(match.offset, match.offset + match.length);
  const item = document.createElement("li");
  item.append(text(match.message, "", "p"), button(findings.dataset.show, () => inDocument(wrong, (place) => place.select())));
  const [better] = match.replacements;
  if (better) {
    const put = () => inDocument(wrong, (place) => place.insertText(better.value, "Replace"));
    item.append(" ", button(`${findings.dataset.replace}${better.value}`, () => put().then(() => item.remove())));
  }
  return item;
}

async function check() {
  const whole = await Word.run(async (context) => {
    const { body } = context.document;
    body.load("text");
    await context.sync();
    return body.text;
  });
  const form = new URLSearchParams({ text: whole, language: "auto" });
  const answer = await ask("/v2/check", { method: "POST", body: form });
  if (!answer) return;
  findings.replaceChildren(...answer.matches.map((match) => finding(match, whole)));
  tell(answer.matches.length ? "" : "right");
}

function begin(host) {
  inWord = host === "Word";
  tell(inWord ? "word" : "alone");
  if (!inWord) return;
  document.getElementById("checking").hidden = false;
  document.getElementById("check").addEventListener("click", check);
  Office.context.document.addHandlerAsync(Office.EventType.DocumentSelectionChanged, selected);
  selected();
}

document.getElementById("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  lookUp(box.value);
});
const library = document.getElementById("office");
// What a network puts in the place of a library it does not let through is no library.
const ready = () => (globalThis.Office ? Office.onReady(({ host }) => begin(host)) : begin(null));
if (globalThis.Office) ready();
else {
  library.addEventListener("load", ready);
  library.addEventListener("error", () => begin(null));
  tell("alone");
}
