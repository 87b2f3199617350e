// What was looked up lately. It never leaves this browser.
import { ROOT } from "./root.js";

const KEY = "recent";
const MOST = 12;
const section = document.getElementById("recent");

function queries() {
  try {
    const rows = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(rows) ? rows.filter((q) => typeof q === "string") : [];
  } catch {
    return [];
  }
}

export function remember(q) {
  const others = queries().filter((other) => other !== q);
  try {
    localStorage.setItem(KEY, JSON.stringify([q, ...others].slice(0, MOST)));
  } catch { /* A browser that keeps nothing has no recent look-ups. */ }
}

function link(q) {
  const item = document.createElement("li");
  const anchor = document.createElement("a");
  anchor.href = `${ROOT}/?${new URLSearchParams({ q })}`;
  anchor.textContent = q;
  anchor.lang = /\p{Script=Han}/u.test(q) ? "zh" : "en";
  item.append(anchor);
  return item;
}

export function showRecent(wanted) {
  const list = queries();
  section.hidden = !wanted || !list.length;
  section.querySelector("ul").replaceChildren(...list.map(link));
}

section.querySelector("button").addEventListener("click", () => {
  localStorage.removeItem(KEY);
  showRecent(false);
});
