// Says whether an offline copy is kept, and renews it.
import { say } from "./words.js";

const state = document.getElementById("copy-state");
const button = document.getElementById("refresh");
const language = document.documentElement.lang;

function show(about) {
  if (!about) {
    state.textContent = say("no copy");
    return;
  }
  const day = new Date(about.date).toLocaleString(language);
  const count = about.entries.toLocaleString(language);
  const one = about.entries === 1;
  state.textContent = one ? say("copy", { date: day }) : say("copies", { count, date: day });
}

async function tell(what) {
  const { active } = await navigator.serviceWorker.ready;
  const channel = new MessageChannel();
  channel.port1.onmessage = (event) => show(event.data);
  active.postMessage(what, [channel.port2]);
}

// The bookmark is there to be dragged; here it would look up nothing.
document.getElementById("bookmarklet").addEventListener("click", (event) => event.preventDefault());
if ("serviceWorker" in navigator) {
  button.addEventListener("click", () => tell("refresh"));
  tell("about");
} else button.disabled = true;
