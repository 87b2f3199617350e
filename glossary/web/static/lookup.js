// Hits as one types, over the public API. Without this the form still works.
"use strict";

const box = document.getElementById("q");
const list = document.getElementById("hits");
const message = document.getElementById("message");
const meant = document.getElementById("meant");
const words = document.getElementById("words");
const patience = 80; // milliseconds without a key before the server is asked
let timer = 0;
let running = null;

function word(name) {
  const item = words.querySelector(`[data-word="${CSS.escape(name)}"]`);
  return item ? item.textContent : name;
}

function fill(element, text, lang) {
  element.textContent = text;
  if (lang) element.lang = lang;
}

function mark(element, term) {
  if (term.status === "preferred") {
    element.remove();
  } else {
    element.classList.add(term.status);
    element.textContent = word(term.status);
  }
}

function copyOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

function equivalent(term) {
  const item = copyOf("equivalent");
  const text = item.querySelector(".text");
  fill(text, term.text, term.lang);
  text.classList.add(term.status);
  mark(item.querySelector(".status"), term);
  fill(item.querySelector(".issuer"), term.issuer || "");
  const dated = term.since || term.until;
  const period = dated ? `${term.since || ""}–${term.until || ""}` : "";
  fill(item.querySelector(".period"), period);
  return item;
}

function shown(hit) {
  const item = copyOf("hit");
  item.querySelector("a").href = `/entries/${encodeURIComponent(hit.entry)}`;
  const found = item.querySelector(".found");
  fill(found, hit.term.text, hit.term.lang);
  found.classList.add(hit.term.status);
  mark(item.querySelector("a .status"), hit.term);
  const use = item.querySelector(".use");
  if (hit.use.length) fill(use.querySelector("b"), hit.use[0].text, hit.use[0].lang);
  else use.remove();
  item.querySelector(".equivalents").append(...hit.equivalents.map(equivalent));
  const why = hit.via.length ? ` (${hit.via.map(word).join(", ")})` : "";
  fill(item.querySelector(".tier"), word(hit.tier) + why);
  if (hit.state !== "draft") item.querySelector(".draft").remove();
  return item;
}

function offered(term) {
  const link = document.createElement("a");
  link.href = `/?${new URLSearchParams({ q: term.text })}`;
  fill(link, term.text, term.lang);
  return [link, " "];
}

function offer(terms) {
  const first = meant.firstChild;
  meant.replaceChildren(first, ...terms.flatMap(offered));
  meant.hidden = !terms.length;
}

async function look() {
  const q = box.value.trim();
  if (running) running.abort();
  running = new AbortController();
  history.replaceState(null, "", q ? `/?${new URLSearchParams({ q })}` : "/");
  if (!q) {
    list.replaceChildren();
    offer([]);
    message.textContent = "";
    return;
  }
  try {
    const answer = await fetch(`/api/v1/lookup?${new URLSearchParams({ q })}`, {
      signal: running.signal,
      headers: {
        "Accept-Language": document.documentElement.lang,
        "Glossary-Typing": "1",
      },
    });
    const body = await answer.json();
    const hits = answer.ok ? body.hits : [];
    list.replaceChildren(...hits.map(shown));
    offer(answer.ok ? body.did_you_mean : []);
    const nothing = words.dataset.nothing.replace("{q}", () => q);
    if (answer.ok) message.textContent = hits.length ? "" : nothing;
    else message.textContent = body.errors.map((e) => e.detail).join(" ") || body.detail;
  } catch (error) {
    if (error.name !== "AbortError") message.textContent = words.dataset.failed;
  }
}

box.addEventListener("input", (event) => {
  if (event.isComposing) return;
  clearTimeout(timer);
  timer = setTimeout(look, patience);
});
// What an input method composes is looked up once it is there.
box.addEventListener("compositionend", look);
