// Terms and findings while one writes, over the public API.
import { paragraphs } from "./passage.js";
import { copyOf, fill, tongue, word, words } from "./words.js";

const form = document.getElementById("desk");
const [box, translation, direction] = ["text", "target", "from"].map((id) => document.getElementById(id));
const message = document.getElementById("message");
const result = document.getElementById("result");
const source = document.getElementById("source");
const translated = document.getElementById("translated");
const panel = document.getElementById("panel");
const patience = 350; // milliseconds without a key before the server is asked
const looks = { ok: "fine", admitted: "fine", forbidden: "bad", missing: "bad" };
let timer = 0;
let running = null;

async function ask(path, body) {
  const answer = await fetch(`/api/v1/${path}`, {
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
  return { from, to: from === "en" ? "zh-Hans" : "en" };
}

function link(element, href, text, lang) {
  element.href = href;
  fill(element, text, lang);
}

function entryLink(item, entry) {
  const anchor = item.querySelector(".entry-link");
  if (entry) anchor.href = `/entries/${encodeURIComponent(entry)}`;
  else anchor.remove();
}

function known(match, number, times, within) {
  const item = copyOf("known");
  item.classList.toggle("within", within);
  item.querySelector(".leads").href = `#m${number}`;
  const found = item.querySelector(".leads .text");
  fill(found, match.term.text, match.term.lang);
  found.classList.add(match.term.status);
  fill(item.querySelector(".count"), times > 1 ? `×${times}` : "");
  const [meant] = match.use.length ? match.use : match.equivalents;
  const shown = item.querySelector(".meant");
  if (meant) {
    fill(shown.querySelector(".text"), meant.text, meant.lang);
    shown.querySelector(".text").classList.add(meant.status);
    if (meant.issuer) fill(shown.querySelector(".issuer"), meant.issuer, tongue(meant.issuer));
    const dated = meant.since || meant.until;
    fill(shown.querySelector(".period"), dated ? `${meant.since || ""}–${meant.until || ""}` : "");
  } else shown.remove();
  entryLink(item, match.entry);
  return item;
}

function places(matches) {
  return matches.flatMap((match, number) => {
    const meant = match.use.length ? match.use : match.equivalents;
    const title = meant.slice(0, 2).map((term) => term.text).join(" · ");
    const kind = match.use.length ? "bad" : "term";
    const parts = match.parts.length ? match.parts : [[match.start, match.end]];
    return parts.map(([start, end], at) => (
      { start, end, kind, title, name: at ? `m${number}-${at}` : `m${number}` }));
  });
}

function listed(matches) {
  const times = new Map();
  const first = new Map();
  let reach = 0;
  matches.forEach((match, number) => {
    const name = JSON.stringify([match.entry, match.term.text]);
    times.set(name, (times.get(name) || 0) + 1);
    if (!first.has(name)) first.set(name, [match, number, match.end <= reach]);
    reach = Math.max(reach, match.end);
  });
  return [...first].map(([name, [match, number, within]]) => (
    known(match, number, times.get(name), within)));
}

function look(finding) {
  return finding.advice ? "look" : looks[finding.verdict];
}

function marks(findings, side) {
  return findings.flatMap((finding, number) => {
    const span = finding[side];
    if (!span) return [];
    const name = `${side[0]}${number}`;
    return [{ ...span, name, kind: look(finding), title: finding.message }];
  });
}

function shorten(text) {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function told(finding, number, { from, to }) {
  const item = copyOf("finding");
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
  entryLink(item, finding.entry);
  return item;
}

function right(finding) {
  return ["ok", "admitted"].includes(finding.verdict) && !finding.advice;
}

function showTerms(text, found) {
  source.replaceChildren(paragraphs(text, places(found.matches)));
  const list = listed(found.matches);
  panel.replaceChildren(...list);
  message.textContent = list.length
    ? message.dataset.terms.replace("{count}", list.length) : message.dataset.none;
}

function showFindings(text, target, findings, tongues) {
  source.replaceChildren(paragraphs(text, marks(findings, "source")));
  translated.replaceChildren(paragraphs(target, marks(findings, "target")));
  const items = findings.map((f, number) => (right(f) ? null : told(f, number, tongues)));
  panel.replaceChildren(...items.filter(Boolean));
  const count = findings.filter(right).length;
  message.textContent = message.dataset.right.replace("{count}", count);
}

async function read() {
  clearTimeout(timer);
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
      showTerms(text, await ask("annotate", { text, ...tongues, overlaps: true, offsets: "utf16" }));
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
if (box.value.trim()) read();
