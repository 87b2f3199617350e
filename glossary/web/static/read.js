// Terms and findings while one writes, over the public API.
import { paragraphs } from "./passage.js";
import {
  copyOf, dotted, fill, isDraft, period, tongue, unproved, word, words,
} from "./words.js";
import { chosen, keepChosen } from "./chosen.js";
import { ROOT } from "./root.js";

const form = document.getElementById("desk");
const [box, translation, direction] = ["text", "target", "from"].map((id) => document.getElementById(id));
const message = document.getElementById("message");
const result = document.getElementById("result");
const source = document.getElementById("source");
const translated = document.getElementById("translated");
const panel = document.getElementById("panel");
const again = document.getElementById("again");
const patience = 350; // milliseconds without a key before the server is asked
const LONGEST_PIECE = 3000; // characters
const remembered = new Map();
const looks = { ok: "fine", admitted: "fine", forbidden: "bad", missing: "bad" };
let timer = 0;
let running = null;

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
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.detail);
  return found;
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

function known(match, number, within) {
  const item = copyOf("known");
  item.classList.toggle("within", within);
  item.querySelector(".leads").href = `#m${number}`;
  const found = item.querySelector(".leads .text");
  fill(found, match.term.text, match.term.lang);
  found.classList.add(match.term.status);
  const [meant] = toWrite(match);
  const shown = item.querySelector(".meant");
  if (meant) {
    fill(shown.querySelector(".text"), meant.text, meant.lang);
    shown.querySelector(".text").classList.add(meant.status);
    if (meant.issuer) fill(shown.querySelector(".issuer"), meant.issuer, tongue(meant.issuer));
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
function list(matches, base, seen) {
  let reach = 0;
  matches.forEach((match, index) => {
    const name = JSON.stringify([match.entry, match.term.text]);
    const one = seen.get(name);
    if (one) {
      one.times += 1;
      one.count.textContent = `×${one.times}`;
    } else {
      const item = known(match, base + index, match.end <= reach);
      panel.append(item);
      seen.set(name, { times: 1, count: item.querySelector(".count") });
    }
    reach = Math.max(reach, match.end);
  });
}

function look(finding) {
  return finding.advice ? "look" : looks[finding.verdict];
}

function marks(findings, side) {
  return findings.flatMap((finding, number) => {
    const span = finding[side];
    if (!span) return [];
    const name = `${side[0]}${number}`;
    const title = titled(finding.message, finding.state);
    return [{ ...span, name, kind: drawn(look(finding), finding.state), title }];
  });
}

function shorten(text) {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

// What somebody chose to ignore stays ignored in this browser.
const IGNORED = "ignored findings";

function ignored() {
  try {
    return new Set(JSON.parse(localStorage.getItem(IGNORED) || "[]"));
  } catch { return new Set(); }
}

function nameOf({ verdict, entry, source: from, target: to }) {
  return JSON.stringify([verdict, entry, from?.text ?? null, to?.text ?? null]);
}

function ignore(name) {
  localStorage.setItem(IGNORED, JSON.stringify([...ignored(), name]));
}

function told(finding, number, times, { from, to }) {
  const item = copyOf("finding");
  item.querySelector(".count").textContent = times > 1 ? `×${times}` : "";
  item.querySelector(".pass").addEventListener("click", () => {
    ignore(nameOf(finding));
    read();
  });
  item.querySelector(".finding").classList.add(look(finding));
  const glance = finding.advice ? ` · ${words.dataset.glance}` : "";
  item.querySelector("b").textContent = word(finding.verdict) + glance;
  const [there, here] = [item.querySelector(".from"), item.querySelector(".to")];
  if (finding.source) link(there, `#s${number}`, shorten(finding.source.text), from);
  else there.remove();
  if (finding.target) link(here, `#t${number}`, shorten(finding.target.text), to);
  else {
    here.remove();
    item.querySelector(".arrow").remove();
  }
  item.querySelector(".said").textContent = finding.message;
  entryLink(item, finding);
  return item;
}

function right(finding) {
  return ["ok", "admitted"].includes(finding.verdict) && !finding.advice;
}

// A long text is asked for and drawn in pieces, so that one can go on writing; what was
// answered for a piece is remembered while it stays as it is.
function pieces(text) {
  const found = [""];
  for (const line of text.split("\n")) {
    if (found.at(-1).length + line.length > LONGEST_PIECE && found.at(-1)) found.push("");
    found.push(`${found.pop()}${line}\n`);
  }
  return found.map((piece) => piece.slice(0, -1));
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
  const seen = new Map();
  let base = 0;
  for (const [at, piece] of pieces(text).entries()) {
    const { matches } = await answered(piece, tongues);
    if (mine !== running) return;
    if (at === 0) {
      source.replaceChildren();
      panel.replaceChildren();
    }
    source.append(paragraphs(piece, places(matches, base)));
    list(matches, base, seen);
    base += matches.length;
    await new Promise((drawn) => { setTimeout(drawn); });
  }
  message.textContent = seen.size
    ? message.dataset.terms.replace("{count}", seen.size) : message.dataset.none;
}

function showFindings(text, target, findings, tongues) {
  source.replaceChildren(paragraphs(text, marks(findings, "source")));
  translated.replaceChildren(paragraphs(target, marks(findings, "target")));
  // The worst first, and each finding of a wording once.
  const passed = ignored();
  const counts = { wrong: 0, look: 0, right: 0 };
  const groups = new Map();
  findings.forEach((finding, number) => {
    const name = nameOf(finding);
    if (right(finding)) counts.right += 1;
    else if (!passed.has(name)) {
      counts[finding.advice ? "look" : "wrong"] += 1;
      const group = groups.get(name) || { finding, number, times: 0 };
      groups.set(name, { ...group, times: group.times + 1 });
    }
  });
  const listed = [...groups.values()].sort((a, b) => a.finding.advice - b.finding.advice);
  panel.replaceChildren(...listed.map((each) => (
    told(each.finding, each.number, each.times, tongues))));
  again.hidden = !passed.size;
  message.textContent = message.dataset.counts
    .replace("{wrong}", counts.wrong).replace("{look}", counts.look).replace("{right}", counts.right);
}

// Both texts outlive a reload and the way back, in this tab alone.
const DESK = "desk";

function keep() {
  try {
    sessionStorage.setItem(DESK, JSON.stringify([box.value, translation.value, direction.value]));
  } catch { /* A text too long for the browser's store is not kept. */ }
}

function bring() {
  if (box.value.trim() || translation.value.trim()) return;
  const kept = JSON.parse(sessionStorage.getItem(DESK) || "null");
  if (kept) [box.value, translation.value, direction.value] = kept;
}

// The keys n and p lead from finding to finding.
function step(event) {
  const way = { n: 1, p: -1 }[event.key];
  if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const places = [...panel.querySelectorAll(".from, .to, .leads")].filter((a, i, all) => (
    a.closest("li") !== all[i - 1]?.closest("li")));
  const now = places.indexOf(panel.querySelector(".now"));
  const next = places[now < 0 && way < 0 ? places.length - 1 : now + way];
  if (!next) return;
  event.preventDefault();
  places[now]?.classList.remove("now");
  next.classList.add("now");
  next.focus();
  next.click();
}

async function read() {
  clearTimeout(timer);
  keep();
  running?.abort();
  running = new AbortController();
  const [text, target] = [box.value, translation.value];
  const checked = Boolean(target.trim());
  result.hidden = !text.trim();
  if (!text.trim()) {
    message.textContent = "";
    return;
  }
  const tongues = languages();
  [source.lang, translated.lang] = [tongues.from, tongues.to];
  [box.lang, translation.lang] = [tongues.from, tongues.to];
  translated.hidden = !checked;
  const region = panel.parentElement;
  region.ariaLabel = checked ? region.dataset.findings : region.dataset.terms;
  try {
    if (checked) {
      const pairs = [{ id: "1", source: text, target }];
      const body = { pairs, ...tongues, all: true, offsets: "utf16" };
      const found = await ask("check", body);
      showFindings(text, target, found.pairs[0].findings, tongues);
    } else {
      await showTerms(text, tongues);
    }
  } catch (error) {
    if (error.name === "AbortError") return;
    message.textContent = error instanceof TypeError ? message.dataset.failed : error.message;
  }
}

// A pointer or the focus on one side lights the other.
function light(event) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  const place = event.target.closest("mark");
  const number = place?.id.replace(/^[mst]/, "").replace(/-.*/, "");
  if (number === undefined) return;
  for (const side of ["m", "s", "t"]) document.getElementById(side + number)?.classList.add("lit");
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(read, patience);
}

form.addEventListener("input", (event) => { if (!event.isComposing) later(); });
form.addEventListener("compositionend", later);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  read();
});
document.getElementById("swap").addEventListener("click", () => {
  [box.value, translation.value] = [translation.value, box.value];
  direction.value = { en: "zh-Hans", "zh-Hans": "en" }[direction.value] || "";
  read();
});
result.addEventListener("click", light);
document.addEventListener("keydown", step);
again.addEventListener("click", () => {
  localStorage.removeItem(IGNORED);
  read();
});
bring();
keepChosen();
if (box.value.trim()) read();
