// Terms while one writes, over the public API; what a check finds is drawn by the server,
// which is asked for the page itself. Decisions are kept here: those on wordings in the
// browser, those on places with the text, in this tab.
import { copy } from "./copy.js";
import { paragraphs } from "./passage.js";
import {
  copyOf, dotted, fill, isDraft, period, say, tongue, unproved, whose, word,
} from "./words.js";
import { chosen, keepChosen } from "./chosen.js";
import { ROOT } from "./root.js";

const form = document.getElementById("desk");
const [box, translation, direction] = ["text", "target", "from"].map((id) => document.getElementById(id));
const message = document.getElementById("message");
const result = document.getElementById("result");
const source = document.getElementById("source");
const panel = document.getElementById("panel");
const patience = 350; // milliseconds without a key before the server is asked
const LONGEST_PIECE = 3000; // characters
const remembered = new Map();
let timer = 0;
let running = null;
// What can be undone, the newest last: translations with what was decided.
let history = [];
let now = null; // The number, in the order of the keys, of the finding one is at.

async function ask(path, body) {
  const answer = await fetch(`${ROOT}/api/v1/${path}`, {
    method: "POST",
    signal: running.signal,
    headers: {
      "Content-Type": "application/json",
      "Accept-Language": document.documentElement.lang,
    },
    body: JSON.stringify(body),
  });
  const reply = await answer.json();
  if (!answer.ok) throw new Error(reply.detail);
  return reply;
}

function languages() {
  const from = direction.value || (tongue(box.value) === "zh" ? "zh-Hans" : "en");
  return { from, to: from === "en" ? "zh-Hans" : "en", glossaries: chosen() };
}

function link(element, href, text, lang) {
  element.href = href;
  fill(element, text, lang);
}

function entryLink(item, { entry, state }) {
  const anchor = item.querySelector(".entry-link");
  if (entry) anchor.href = `${ROOT}/entries/${encodeURIComponent(entry)}`;
  anchor.after(...unproved(state));
  if (!entry) anchor.remove();
}

// What a pointer over a mark shows ends with the word for a draft, where it is one.
function titled(text, state) {
  return isDraft(state) ? [text, word("draft")].filter(Boolean).join(" · ") : text;
}

function drawn(kind, state) {
  return isDraft(state) ? `${kind} unproved` : kind;
}

// What is wrong wherever it stands shows what to write instead, all else its renderings.
function toWrite(match) {
  return match.banned && match.use.length ? match.use : match.equivalents;
}

function termItem(match, number, within) {
  const item = copyOf("known");
  item.classList.toggle("within", within);
  item.querySelector(".leads").href = `#m${number}`;
  const place = item.querySelector(".leads .text");
  fill(place, match.term.text, match.term.lang);
  place.classList.add(match.term.status);
  const [meant] = toWrite(match);
  const shown = item.querySelector(".meant");
  if (meant) {
    fill(shown.querySelector(".text"), meant.text, meant.lang);
    shown.querySelector(".text").classList.add(meant.status);
    const [lang, name] = meant.issuer ? whose(meant.issuer) : [];
    if (name) fill(shown.querySelector(".issuer"), name, lang);
    fill(shown.querySelector(".period"), period(meant));
  } else shown.remove();
  entryLink(item, match);
  return item;
}

function places(matches, base) {
  return matches.flatMap((match, index) => {
    const number = base + index;
    const meant = toWrite(match);
    const shown = meant.slice(0, 2).map((term) => dotted(term.text)).join(" · ");
    const title = titled(shown, match.state);
    const kind = drawn(match.banned ? "bad" : "term", match.state);
    const parts = match.parts.length ? match.parts : [[match.start, match.end]];
    return parts.map(([start, end], at) => (
      { start, end, kind, title, name: at ? `m${number}-${at}` : `m${number}` }));
  });
}

// Lists the terms of a piece; one that is listed already is counted.
function list(matches, base, counts) {
  let reach = 0;
  matches.forEach((match, index) => {
    const name = JSON.stringify([match.entry, match.term.text]);
    const one = counts.get(name);
    if (one) {
      one.times += 1;
      one.count.textContent = `×${one.times}`;
    } else {
      const item = termItem(match, base + index, match.end <= reach);
      panel.append(item);
      counts.set(name, { times: 1, count: item.querySelector(".count") });
    }
    reach = Math.max(reach, match.end);
  });
}

// A long text is asked for and drawn in pieces, so that one can go on writing; what was
// answered for a piece is remembered while it stays as it is.
function pieces(text) {
  const chunks = [""];
  for (const line of text.split("\n")) {
    if (chunks.at(-1).length + line.length > LONGEST_PIECE && chunks.at(-1)) chunks.push("");
    chunks.push(`${chunks.pop()}${line}\n`);
  }
  return chunks.map((piece) => piece.slice(0, -1));
}

async function answered(text, tongues) {
  const name = JSON.stringify([text, tongues]);
  if (!remembered.has(name)) {
    const order = { text, ...tongues, overlaps: true, offsets: "utf16" };
    remembered.set(name, await ask("annotate", order));
    if (remembered.size > 64) remembered.delete(remembered.keys().next().value);
  }
  return remembered.get(name);
}

async function showTerms(text, tongues) {
  const mine = running;
  const counts = new Map();
  let base = 0;
  for (const [at, piece] of pieces(text).entries()) {
    const { matches } = await answered(piece, tongues);
    if (mine !== running) return;
    if (at === 0) {
      source.replaceChildren();
      panel.replaceChildren();
    }
    source.append(paragraphs(piece, places(matches, base)));
    list(matches, base, counts);
    base += matches.length;
    await new Promise((drawn) => { setTimeout(drawn); });
  }
  message.textContent = counts.size
    ? say("terms", { count: counts.size }) : say("no terms");
}

// The page as the server draws it, of which the findings are taken.
async function findings(what) {
  field("ignored").value = ignored();
  const data = new FormData(form);
  if (what) data.set("do", what);
  const answer = await fetch(form.action, {
    method: "POST",
    body: data,
    signal: running.signal,
    headers: { Accept: "application/json" },
  });
  const page = await answer.text();
  if (!answer.headers.get("Content-Type").startsWith("text/html")) {
    throw new Error(JSON.parse(page).detail);
  }
  const drawn_ = new DOMParser().parseFromString(page, "text/html");
  for (const id of ["checked", "decisions", "kept"]) {
    document.getElementById(id).replaceWith(document.adoptNode(drawn_.getElementById(id)));
  }
  message.textContent = drawn_.getElementById("message").textContent;
  write(drawn_.getElementById("target").value);
  result.hidden = true;
  const undo = document.getElementById("undo");
  if (undo) undo.hidden = !history.length;
  if (what) remember(field("ignored").value);
  keep();
}

// Puts a text into the box of the translation; the caret stays where it can.
function write(text) {
  const old = translation.value;
  if (old === text) return;
  let start = 0;
  while (start < Math.min(old.length, text.length) && old[start] === text[start]) start += 1;
  let same = 0;
  const most = Math.min(old.length, text.length) - start;
  while (same < most && old.at(-1 - same) === text.at(-1 - same)) same += 1;
  translation.setRangeText(text.slice(start, text.length - same), start, old.length - same);
}

// Both texts, and what was decided of places in them, outlive a reload and the way back,
// in this tab alone; what is ignored everywhere is kept by the browser.
const DESK = "desk";
const IGNORED = "ignored findings";

function field(name) {
  return form.elements[name];
}

function state() {
  return [translation.value, field("accepted").value, ignored()];
}

function restore([target, accepted, everywhere]) {
  write(target);
  field("accepted").value = accepted;
  remember(everywhere);
}

// Another tab may have ignored more since.
function ignored() {
  try {
    const lines = localStorage.getItem(IGNORED) || "";
    return lines.startsWith("[") ? "" : lines;
  } catch { return field("ignored").value; }
}

function remember(lines) {
  field("ignored").value = lines;
  try {
    localStorage.setItem(IGNORED, lines);
  } catch { /* A browser that keeps nothing forgets it with the page. */ }
}

function keep() {
  try {
    sessionStorage.setItem(DESK, JSON.stringify({
      text: box.value,
      target: translation.value,
      from: direction.value,
      accepted: field("accepted").value,
      history: history.slice(-20),
    }));
  } catch { /* A text too long for the browser's store is not kept. */ }
}

function bring() {
  field("ignored").value = ignored() || field("ignored").value;
  try {
    const desk = JSON.parse(sessionStorage.getItem(DESK) || "null");
    if (!desk || Array.isArray(desk)) return;
    if (!box.value.trim() && !translation.value.trim()) {
      [box.value, translation.value, direction.value] = [desk.text, desk.target, desk.from];
    }
    if (box.value !== desk.text || translation.value !== desk.target) return;
    field("accepted").value ||= desk.accepted;
    history = desk.history;
  } catch { /* What cannot be read was kept by nobody. */ }
}

// The findings in the order of the keys: the worst first.
function ordered() {
  const every = [...document.querySelectorAll("#checked .under .finding")];
  if (every.length) return every.sort((a, b) => b.matches(".bad") - a.matches(".bad"));
  return result.hidden ? [] : [...panel.querySelectorAll(".leads")];
}

function goTo(number) {
  const places = ordered();
  document.querySelector(".now")?.classList.remove("now");
  if (!places.length) {
    now = null;
    return;
  }
  now = Math.min(Math.max(number, 0), places.length - 1);
  const place = places[now];
  place.classList.add("now");
  place.focus({ preventScroll: true });
  if (place.matches("a")) place.click();
  else (place.closest(".row") || place).scrollIntoView({ block: "nearest" });
  place.scrollIntoView({ block: "nearest" });
}

function step(way) {
  if (now === null) goTo(way > 0 ? 0 : ordered().length - 1);
  else goTo(now + way);
}

// What is done is done one after the other, so that each sees what the last has left.
let queue = Promise.resolve();

function act(what) {
  queue = queue.then(async () => {
    if (what === "undo") {
      if (!history.length) return;
      restore(history.pop());
      await read();
    } else {
      history.push(state());
      await read(what);
    }
    if (now !== null) goTo(now);
  });
}

const KEYS = { r: "replace", a: "accept", i: "ignore" };

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const way = { n: 1, p: -1 }[event.key];
  if (way) step(way);
  else if (event.key === "u") act("undo");
  else if (KEYS[event.key]) {
    // The one that is looked at when its turn has come.
    queue = queue.then(() => {
      const verb = KEYS[event.key];
      const button = document.querySelector(`.finding.now [value^="${verb} "]`);
      if (button) act(button.value);
      else if (verb === "replace") document.querySelector(".finding.now [data-copy]")?.click();
    });
  } else return;
  event.preventDefault();
}

async function read(what) {
  clearTimeout(timer);
  keep();
  running?.abort();
  running = new AbortController();
  const [text, target] = [box.value, translation.value];
  const tongues = languages();
  [source.lang, box.lang, translation.lang] = [tongues.from, tongues.from, tongues.to];
  try {
    if (text.trim() && target.trim()) {
      await findings(what);
      return;
    }
    if (what || ignored()) await findings(what);
    document.getElementById("checked").hidden = true;
    result.hidden = !text.trim();
    if (text.trim()) await showTerms(text, tongues);
    else message.textContent = "";
  } catch (error) {
    if (error.name === "AbortError") return;
    message.textContent = error instanceof TypeError ? say("unreachable") : error.message;
  }
}

// A pointer or the focus on one side lights the other.
function light(event) {
  const lacking = event.target.closest("[data-copy]");
  if (lacking) copy(lacking.dataset.copy);
  const pressed = event.target.closest("#previous, #next");
  if (pressed) step(pressed.id === "next" ? 1 : -1);
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  const place = event.target.closest("mark");
  const number = place?.id.replace(/^[mst]/, "").replace(/-.*/, "");
  if (number === undefined) return;
  for (const side of ["m", "s", "t", "f"]) {
    document.getElementById(side + number)?.classList.add("lit");
  }
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(read, patience);
}

form.addEventListener("input", (event) => { if (!event.isComposing) later(); });
form.addEventListener("compositionend", later);
form.addEventListener("submit", (event) => {
  const { name, value } = event.submitter || {};
  if (name === "save") return; // The browser takes the file.
  event.preventDefault();
  if (name === "do") act(value);
  else read();
});
document.getElementById("swap").addEventListener("click", () => {
  [box.value, translation.value] = [translation.value, box.value];
  direction.value = { en: "zh-Hans", "zh-Hans": "en" }[direction.value] || "";
  read();
});
document.querySelector("main").addEventListener("click", light);
document.addEventListener("keydown", press);
bring();
keepChosen();
if (box.value.trim() || field("ignored").value) read();
