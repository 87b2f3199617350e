// What proves a wording: how many documents, of which years; and what stands there.
import {
  best, copyOf, fill, located, say, tongue, whose,
} from "./words.js";
import { ROOT } from "./root.js";

function years(documents, sources) {
  const dates = documents.map((name) => sources[name]?.date?.slice(0, 4)).filter(Boolean);
  const listed = [...new Set(dates)].sort();
  return listed.length ? ` ${[...new Set([listed[0], listed.at(-1)])].join("–")}` : "";
}

function named(name, source) {
  if (!source) return ["en", name];
  const [tag, title] = best(source.title) || ["en", source.id];
  const issuer = source.issuer && whose(source.issuer)[1];
  const comma = tag.startsWith("zh") ? "，" : ", ";
  return [tag, [issuer, title, source.symbol, source.date].filter(Boolean).join(comma)];
}

function place(element, locator) {
  if (!locator) return element.remove();
  const [lang, text] = located(locator);
  return fill(element, say("comma") + text, lang);
}

function link(element, name, sources) {
  const [tag, text] = named(name, sources[name]);
  element.href = `${ROOT}/browse?${new URLSearchParams({ source: name })}`;
  fill(element, text, tag);
}

function quoted(citation, sources) {
  const item = copyOf("cited");
  const other = citation.counterpart;
  for (const [name, text] of [
    ["quote", citation.quote],
    ["counterpart", other?.quote || other?.text],
  ]) {
    const element = item.querySelector(`.${name}`);
    if (text) fill(element, text, tongue(text));
    else element.remove();
  }
  link(item.querySelector(".source"), citation.source, sources);
  const [here, there] = item.querySelectorAll(".locator");
  place(here, citation.locator);
  const isElsewhere = other?.locator && located(other.locator)[1] !== located(citation.locator)[1];
  place(there, isElsewhere && other.locator);
  const source = sources[citation.source];
  const places = item.querySelector(".places");
  for (const [name, address] of [["url", source?.url], ["archived", source?.archived_url]]) {
    if (address) places.querySelector(`.${name}`).href = address;
    else places.querySelector(`.${name}`).remove();
  }
  if (!places.children.length) places.remove();
  const another = item.querySelector(".other");
  if (other?.source) link(another.querySelector(".source"), other.source, sources);
  else another.remove();
  return item;
}

// Fill the place of a wording's evidence. A copy of the entries has none of it.
export function prove(element, term, sources) {
  if (!element) return;
  if (!sources || !term.also_cited) return element.remove();
  const evidence = [...term.citations, ...term.also_cited];
  const documents = [...new Set(evidence.map((citation) => citation.source))];
  if (!documents.length) {
    const none = document.createElement("span");
    none.className = "evidence";
    none.textContent = `○ ${say("no document")}`;
    return element.replaceWith(none);
  }
  const count = documents.length;
  const total = count === 1 ? say("document") : say("documents", { count });
  element.querySelector("summary").textContent = `● ${total}${years(documents, sources)}`;
  return element.append(...evidence.map((citation) => quoted(citation, sources)));
}
