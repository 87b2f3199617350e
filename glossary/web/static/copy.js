// Text to the clipboard, and a word that it is there.
import { say } from "./words.js";

const toast = document.getElementById("toast");
let timer = 0;

export function tell(text) {
  clearTimeout(timer);
  toast.textContent = text;
  timer = setTimeout(() => { toast.textContent = ""; }, 2500);
}

export async function copy(text, name = text) {
  try {
    await navigator.clipboard.writeText(text);
    const short = name.length > 80 ? `${name.slice(0, 79)}…` : name;
    tell(say("copied", { text: short }));
  } catch {
    tell(say("not copied"));
  }
}

// A link marked `data-copy` leads to a text; with a script, the text is copied.
export function copying(within) {
  for (const link of within.querySelectorAll("a[data-copy]")) {
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const answer = await fetch(link.href);
      await copy(await answer.text(), link.dataset.copy);
    });
  }
}
