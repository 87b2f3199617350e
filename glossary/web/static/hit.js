// A hit of the API as the page without a script shows it.
import { titleOf } from "./chosen.js";
import { prove } from "./proving.js";
import {
  best, copyOf, fill, isDraft, listed, period, say, USABLE, whose, word,
} from "./words.js";
import { ROOT } from "./root.js";

export function mark(element, status) {
  element.classList.add(status);
  element.textContent = word(status);
}

// What was right at the time asked for is not called what it is today.
export function standing(term) {
  return term.status === "superseded" && term.in_force === "yes" ? "then" : term.status;
}

function markTerm(element, term) {
  if (standing(term) !== "then") return mark(element, term.status);
  element.classList.add("then");
  element.textContent = say("then", { date: term.until });
  return undefined;
}

// A wording in both Chinese scripts is read alike.
function twin(one, other) {
  return [one, other].every((term) => term.lang.startsWith("zh"))
    && one.lang !== other.lang && one.reading && one.text.length === other.text.length
    && ["reading", "status", "issuer"].every((name) => one[name] === other[name]);
}

// Terms line by line: a wording in both scripts is one line.
export function lines(terms) {
  const every = [];
  for (const term of terms) {
    const line = every.find(([first]) => twin(first, term));
    if (!line) every.push([term]);
    else if (line.every((each) => each.text !== term.text)) line.push(term);
  }
  return every;
}

// A wording with its button, made of the first one.
function beside(first, term) {
  const one = first.cloneNode(true);
  const text = document.createElement("span");
  text.className = `text ${standing(term)}`;
  fill(text, term.text, term.lang);
  one.querySelector(".text").replaceWith(text);
  return one;
}

export function equivalent(line, sources) {
  const [term, ...twins] = line;
  const item = copyOf("equivalent");
  const text = item.querySelector(".text");
  fill(text, term.text, term.lang);
  text.classList.add(standing(term));
  const one = item.querySelector(".one");
  one.after(...twins.flatMap((each) => [" ", beside(one, each)]));
  const reading = item.querySelector(".reading");
  fillOrRemove(reading, reading, term.reading);
  markTerm(item.querySelector(".status"), term);
  const issuer = item.querySelector(".issuer");
  const [lang, name] = term.issuer ? whose(term.issuer) : [];
  fillOrRemove(issuer, issuer, name, lang);
  const dated = item.querySelector(".period");
  fillOrRemove(dated, dated, period(term));
  prove(item.querySelector(".evidence"), term, sources);
  return item;
}

function fillOrRemove(element, target, text, lang) {
  if (text) fill(target, text, lang);
  else element.remove();
}

// A piece of a query beside a term: what only the query has is struck out.
function compared(piece, lang) {
  const tag = { query: "del", term: "ins" }[piece.side] || "span";
  const element = document.createElement(tag);
  fill(element, piece.text, lang);
  return lang.startsWith("zh") ? [element] : [element, " "];
}

export function shown(hit, sources) {
  const item = copyOf("hit");
  const head = item.querySelector(".found");
  head.href = `${ROOT}/entries/${encodeURIComponent(hit.entry)}`;
  fill(head, hit.term.text, hit.term.lang);
  head.classList.add(standing(hit.term));
  const status = item.querySelector(".status");
  if (hit.term.status === "preferred") status.remove();
  else markTerm(status, hit.term);
  const one = item.querySelector(".one");
  for (const term of hit.other_script || []) {
    const other = beside(one, term);
    other.classList.add("script");
    one.after(" ", other);
  }
  const [use] = hit.use;
  const instead = item.querySelector(".use");
  fillOrRemove(instead, instead.querySelector(".text"), use?.text, use?.lang);
  const reading = item.querySelector("p.reading");
  fillOrRemove(reading, reading, hit.term.reading);
  const how = listed(hit.via.map(word));
  const what = word(hit.tier);
  const why = how ? say("in brackets", { what, how }) : what;
  fill(item.querySelector(".tier"), hit.via.includes("contained") ? word("contained") : why);
  // A copy of the entries does not say how far they are proved.
  const proof = item.querySelector(".proof");
  if (hit.proof) mark(proof, hit.proof);
  else {
    proof.previousSibling.remove();
    proof.remove();
  }
  const title = titleOf(hit.glossary);
  const of = item.querySelector(".of-glossary");
  fillOrRemove(of, of.firstElementChild, title?.textContent, title?.lang);
  prove(item.querySelector(".evidence"), hit.term, sources);
  const similar = hit.block === "similar";
  item.classList.toggle("similar", similar);
  const differs = item.querySelector(".differs");
  if (similar) differs.replaceChildren(...hit.difference.flatMap((piece) => compared(piece, hit.term.lang)));
  else differs.remove();
  if (!isDraft(hit.state)) item.querySelector(".not-yet").remove();
  const last = hit.equivalents.findLastIndex((term) => USABLE.includes(term.status));
  const avoided = hit.equivalents.slice(last + 1);
  const leading = hit.equivalents.slice(0, last + 1);
  item.querySelector(".equivalents").append(...lines(leading).map((line) => equivalent(line, sources)));
  const avoid = item.querySelector(".avoid");
  if (avoided.length) {
    const summary = avoid.querySelector("summary");
    summary.textContent = say("avoid", { count: avoided.length });
    avoid.querySelector("ul").append(...lines(avoided).map((line) => equivalent(line, sources)));
  } else avoid.remove();
  // What is only similar, or not to be used, is not there to be copied.
  const buttons = similar ? ".copy" : ".avoid .copy";
  for (const button of item.querySelectorAll(buttons)) button.remove();
  const meaning = item.querySelector(".meaning");
  const [tag, text] = best(hit.definition) || [];
  fillOrRemove(meaning, meaning.firstElementChild, text, tag);
  return item;
}

// The entries of homographs, which stand side by side.
export function twins(hits) {
  const same = (a, b) => ["block", "tier"].every((name) => a[name] === b[name])
    && a.term.text === b.term.text;
  return new Set(hits.slice(1).flatMap((hit, at) => (
    same(hits[at], hit) ? [hits[at].entry, hit.entry] : [])));
}

export function shownAll(hits, sources) {
  const beside = twins(hits);
  return hits.map((hit) => {
    const item = shown(hit, sources);
    item.classList.toggle("twin", beside.has(hit.entry));
    return item;
  });
}
