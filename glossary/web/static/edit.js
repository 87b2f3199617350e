// The entry editor: what to look at while typing, entries to relate to, and a draft that
// stays in this browser until it is saved.
import { ROOT } from "./root.js";
import { say } from "./words.js";

const WAIT = 600;
const form = document.getElementById("editor");
const looked = document.getElementById("looked");
const restored = document.getElementById("kept");
const entries = document.getElementById("entries");
const KEY = `draft:${location.pathname}`;
const SECRET = new Set(["token", "version", "do", "csrf"]);
let timer = 0;
let newest = 0;

function filled() {
  return [...new FormData(form)].filter(([name]) => !SECRET.has(name));
}

const began = JSON.stringify(filled());

function item(text, href) {
  const line = document.createElement("li");
  if (href) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = text;
    line.append(`${say("alike")} `, link);
  } else {
    line.textContent = text;
  }
  return line;
}

async function look() {
  const mine = ++newest;
  // A form in parts may have a thousand of them at most; an entry has more fields.
  const body = new URLSearchParams(filled());
  body.set("csrf", form.elements.namedItem("csrf").value);
  body.set("do", "look");
  let looks;
  try {
    const answer = await fetch(location.pathname, { method: "POST", body });
    if (!answer.ok) return;
    looks = await answer.json();
  } catch {
    return; // Without a network nothing is looked at.
  }
  if (mine !== newest) return;
  const list = document.createElement("ul");
  list.append(...[...looks.problems, ...looks.flaws].map((text) => item(text)));
  list.append(...looks.alike.map((e) => item(e.title, `${ROOT}/entries/${e.entry}`)));
  looked.replaceChildren(...(list.childElementCount ? [list] : []));
}

async function suggest(field) {
  const q = field.value.trim();
  if (!q) return;
  try {
    const answer = await fetch(`${ROOT}/api/v1/suggest?${new URLSearchParams({ q })}`);
    if (!answer.ok) return;
    const { suggestions } = await answer.json();
    entries.replaceChildren(...suggestions.map((suggestion) => {
      const option = document.createElement("option");
      option.value = suggestion.entry;
      option.textContent = [suggestion.text, suggestion.equivalent].filter(Boolean).join(" · ");
      return option;
    }));
  } catch { /* The id can be typed all the same. */ }
}

function keep() {
  const now = JSON.stringify(filled());
  try {
    if (now === began && !("sent" in form.dataset)) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, now);
  } catch { /* A browser that keeps nothing has no drafts. */ }
}

form.addEventListener("input", (event) => {
  keep();
  clearTimeout(timer);
  if (event.target.getAttribute("list") === "entries") {
    timer = setTimeout(() => suggest(event.target), WAIT / 3);
  } else if (event.target.name !== "token") {
    timer = setTimeout(look, WAIT);
  }
});

// What is refused comes back in the form, so that nothing is lost by forgetting it here.
form.addEventListener("submit", (event) => {
  if (event.submitter?.value !== "save") return;
  clearTimeout(timer);
  try {
    localStorage.removeItem(KEY);
  } catch { /* Nothing was kept. */ }
});

function draft() {
  try {
    const fields = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(fields) ? fields : null;
  } catch {
    return null;
  }
}

function isThere([name, value]) {
  const field = form.elements.namedItem(name);
  return field ? field.value.replaceAll("\r\n", "\n") === value.replaceAll("\r\n", "\n") : !value;
}

// Rows that the form does not have yet are sent for, with what is in them.
function restore(fields) {
  const rows = [];
  for (const [name, value] of fields) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
    else if (value) rows.push([name, value]);
  }
  restored.hidden = true;
  if (!rows.length) {
    keep();
    look();
    return;
  }
  for (const [name, value] of rows) {
    const field = document.createElement("textarea");
    field.name = name;
    field.hidden = true;
    field.value = value;
    form.append(field);
  }
  try {
    localStorage.setItem(KEY, JSON.stringify(fields));
  } catch { /* It is sent all the same. */ }
  form.requestSubmit(form.querySelector("button[value=more]"));
}

const before = draft();
if (before && !before.every(isThere)) {
  restored.hidden = false;
  restored.querySelector("button").addEventListener("click", () => restore(before));
}
