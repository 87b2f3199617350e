// What every page can do: “/” leads to the search box, and the offline copy is kept.
import { copying } from "./copy.js";
import { ROOT } from "./root.js";

document.documentElement.classList.add("js");

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.getElementById("q");
  if (!box || typing(event.target)) return;
  event.preventDefault();
  box.focus();
  box.select();
});

copying(document);

// The worker that answers offline. It renews its copy from the second visit on, so that
// the first costs no more than the page.
if ("serviceWorker" in navigator) {
  const files = new URL(".", import.meta.url).pathname;
  const { serviceWorker } = navigator;
  const controller = serviceWorker.controller;
  serviceWorker.register(`${ROOT}/sw.js?${new URLSearchParams({ static: files })}`).catch(() => {});
  if (controller) setTimeout(() => controller.postMessage("refresh"), 1500);
}
