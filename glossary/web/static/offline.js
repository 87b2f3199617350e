// An entry from the offline copy, under the address that was asked for.
import { equivalent } from "./hit.js";
import { fill, isDraft, say } from "./words.js";
import { ROOT } from "./root.js";

const article = document.getElementById("entry");
const notice = document.getElementById("offline");
const [, name] = location.pathname.slice(ROOT.length).match(/^\/entries\/([a-z][a-z0-9-]*)$/) || [];

function line(term) {
  const item = equivalent([term]);
  const reading = item.querySelector(".reading");
  if (term.reading) reading.textContent = term.reading;
  else reading.remove();
  return item;
}

function titled(term) {
  const span = document.createElement("span");
  fill(span, term.text, term.lang);
  return span;
}

function defined([lang, text]) {
  const item = document.createElement("dd");
  fill(item, text, lang);
  return item;
}

if (name) {
  const answer = await fetch(`${ROOT}/api/v1/entries/${name}`);
  if (answer.ok) {
    const entry = await answer.json();
    const date = new Date(answer.headers.get("Glossary-Offline"));
    const day = date.toLocaleString(document.documentElement.lang);
    notice.textContent = say("offline", { date: day });
    const of = (lang) => entry.terms.filter((term) => term.lang.startsWith(lang));
    const heads = [of("zh")[0], of("en")[0]].filter(Boolean);
    document.getElementById("title").replaceChildren(...heads.map(titled));
    article.querySelector("dl").replaceChildren(...Object.entries(entry.definition).map(defined));
    for (const list of article.querySelectorAll(".terms")) {
      list.replaceChildren(...of(list.dataset.lang).map(line));
    }
    document.getElementById("state").hidden = !isDraft(entry.state);
    article.hidden = false;
  }
}
