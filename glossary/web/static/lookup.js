// Hits as one types, over the public API. Without this the form still works.
import { copy } from "./copy.js";
import { shownAll } from "./hit.js";
import { remember, showRecent } from "./recent.js";
import {
  fill, forReader, listed, say, tongue, unproved,
} from "./words.js";
import { keepChosen } from "./chosen.js";
import { ROOT } from "./root.js";

const form = document.getElementById("look");
const box = document.getElementById("q");
const list = document.getElementById("hits");
const beside = [...document.querySelectorAll(".block")];
const more = document.getElementById("more");
const further = document.getElementById("further");
const message = document.getElementById("message");
const meant = document.getElementById("meant");
const home = document.getElementById("home");
const offline = document.getElementById("offline");
const patience = 20; // milliseconds without a key before the server is asked
let timer = 0;
let running = null;
let answered = box.value.trim(); // the query whose hits stand on the page

function parameters() {
  const filled = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value.trim()) filled.set(name, filled.has(name) ? `${filled.get(name)},${value}` : value);
  }
  return filled;
}

function showOffline(date) {
  offline.hidden = !date;
  if (!date) return;
  const day = new Date(date).toLocaleString(document.documentElement.lang);
  offline.textContent = say("offline", { date: day });
}

function heads() {
  return [...document.querySelectorAll(".hits .found")];
}

function place() {
  const hit = document.activeElement?.closest(".hit");
  return hit ? heads().indexOf(hit.querySelector(".found")) : -1;
}

// Late hits must not take the focus from who has gone on to the list already.
function show(hits, text, sources) {
  const at = place();
  const of = (block) => hits.filter((hit) => (hit.block || "answer") === block);
  list.replaceChildren(...shownAll(of("answer"), sources));
  for (const section of beside) {
    const some = of(section.id);
    section.hidden = !some.length;
    section.querySelector(".hits").replaceChildren(...shownAll(some, sources));
    const text = section.querySelector("[name=text]");
    if (text) text.value = box.value.trim();
  }
  message.textContent = text;
  if (at >= 0) (heads()[at] || box).focus();
}

// What the glossaries and the subject are called that are looked in.
function places() {
  const ticked = form.querySelectorAll(".chips :checked + span");
  const subject = form.querySelector("[name=subject]").selectedOptions[0];
  const named = [...ticked, ...(subject?.value ? [subject] : [])];
  return listed(named.map((each) => each.textContent));
}

// Where else to look when nothing answers.
function showFurther(body, q) {
  const none = body && !body.hits.some((hit) => (hit.block || "answer") === "answer");
  further.hidden = !none;
  if (!none) return;
  const [everywhere, prose, propose] = further.querySelectorAll("a");
  everywhere.hidden = !body.elsewhere;
  const within = places();
  const count = body.elsewhere;
  everywhere.textContent = within ? say("not in", { places: within, count }) : say("elsewhere", { count });
  everywhere.href = `${ROOT}/?${new URLSearchParams({ q })}`;
  prose.href = `${ROOT}/?${new URLSearchParams({ q, field: "all" })}`;
  const asText = further.querySelector(".as-text");
  asText.hidden = body.hits.some((hit) => hit.block === "known-parts");
  asText.elements.text.value = q;
  if (propose) propose.href = `${ROOT}/propose?${new URLSearchParams({ [tongue(q)]: q })}`;
}

function offered(term) {
  const link = document.createElement("a");
  link.href = `${ROOT}/?${new URLSearchParams({ q: term.text })}`;
  fill(link, term.text, term.lang);
  return [" ", link, ...unproved(term.state)];
}

function offer(terms) {
  meant.replaceChildren(meant.firstChild, ...terms.flatMap(offered));
  meant.hidden = !terms.length;
}

async function look({ finished = false } = {}) {
  clearTimeout(timer);
  running?.abort();
  running = new AbortController();
  const q = box.value.trim();
  const query = q ? parameters() : "";
  history.replaceState(null, "", `${ROOT}/${q ? `?${query}` : ""}`);
  showRecent(!q);
  if (home) home.hidden = Boolean(q);
  if (!q) {
    answered = "";
    show([], "");
    more.hidden = true;
    further.hidden = true;
    offer([]);
    return;
  }
  try {
    const answer = await fetch(`${ROOT}/api/v1/lookup?${forReader(query)}`, {
      signal: running.signal,
      headers: {
        "Accept-Language": document.documentElement.lang,
        ...(finished ? {} : { "Glossary-Typing": "1" }),
      },
    });
    const body = await answer.json();
    answered = q;
    showOffline(answer.headers.get("Glossary-Offline"));
    offer(answer.ok ? body.did_you_mean : []);
    showFurther(answer.ok ? body : null, q);
    more.hidden = !(answer.ok && body.more);
    const answers = answer.ok && body.hits.some((hit) => (hit.block || "answer") === "answer");
    const sources = body.sources && Object.fromEntries(body.sources.map((each) => [each.id, each]));
    if (answer.ok) show(body.hits, answers ? "" : say("nothing", { q }), sources);
    else show([], body.errors.map((e) => e.detail).join(" ") || body.detail);
  } catch (error) {
    if (error.name !== "AbortError") message.textContent = say("unreachable");
  }
}

function move(step) {
  const links = heads();
  const next = place() + step;
  if (next < 0) box.focus();
  else links[Math.min(next, links.length - 1)]?.focus();
}

function copyFrom(hit, line = hit.querySelector(".equivalents")) {
  const term = line?.querySelector(".text");
  if (!term || hit.matches(".similar")) return;
  remember(box.value.trim());
  copy(term.textContent);
}

form.addEventListener("input", (event) => {
  if (event.isComposing) return;
  clearTimeout(timer);
  timer = setTimeout(look, patience);
});
// What an input method composes is looked up once it is there.
box.addEventListener("compositionend", () => look());

// Enter looks up at once; when the hits are there already, it leads to the first.
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (answered !== box.value.trim()) await look({ finished: true });
  heads()[0]?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const hit = event.target.closest(".hit");
  const here = hit || event.target === box;
  if (here && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (hit && event.key.toLowerCase() === "c") {
    event.preventDefault();
    copyFrom(hit);
  } else if (hit && event.key === "Escape") {
    box.focus();
    box.select();
  }
});

form.parentElement.addEventListener("click", (event) => {
  const hit = event.target.closest(".hit");
  if (!hit) return;
  const button = event.target.closest(".copy");
  if (button) copyFrom(hit, button.closest(".one"));
  else if (event.target.closest(".found")) remember(box.value.trim());
});

if (keepChosen() && box.value) look({ finished: true });
if (box.value) box.setSelectionRange(box.value.length, box.value.length);
showRecent(!box.value.trim());
// The page that is kept for offline use has no hits in it.
const wanted = new URLSearchParams(location.search).get("q");
if (wanted && !box.value) {
  box.value = wanted;
  look({ finished: true });
}
