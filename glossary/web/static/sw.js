// Answers while there is no network: the shell of the pages, and look-ups and entries
// from the last copy, always marked with its date in the header Glossary-Offline.
// What the server answers goes first, always.
"use strict";

const FILES = new URL(self.location).searchParams.get("static");
// This script stands beside the home page, with or without a prefix before it.
const ROOT = self.location.pathname.replace(/\/[^/]*$/, "");
const SHELL = `shell ${FILES}`;
const HOME = `${ROOT}/`;
const OFFLINE = `${ROOT}/offline`;
const API = `${ROOT}/api/v1/`;
const PAGES = [HOME, OFFLINE];
const SCRIPTS = "style.css icon.svg frame.js root.js copy.js lookup.js hit.js proving.js recent.js words.js chosen.js offline.js";
const WORDS = ["en", "zh-Hans", "zh-Hant"].map((tag) => `words.${tag}.js`);
const MOST = 20000; // A glossary of more entries is too large to be copied unasked.
const USABLE = ["preferred", "admitted"];
const STATUSES = [...USABLE, "deprecated", "superseded", "forbidden"];
const SHORT = ["acronym", "abbreviation", "shortForm"];
const PARTS = ["noun", "verb", "adjective", "adverb"];
// What the server puts before this script: each character that has a simplified one,
// followed by that one.
const SIMPLE = new Map((self.PAIRS || "").match(/../gsu)?.map((pair) => [...pair]));
let index = null; // [{ entry, keys }], read from the copy when first needed
let refreshing = null; // The one refresh that is under way.

self.addEventListener("install", (event) => {
  const files = [...SCRIPTS.split(" "), ...WORDS].map((name) => FILES + name);
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll([...PAGES, ...files])));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => (
    Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name))))));
});

// The copy: entries and one record about them, in IndexedDB.

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function opened() {
  const request = indexedDB.open("glossary", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("entry", { keyPath: "id" });
    request.result.createObjectStore("about");
  };
  return done(request);
}

async function about() {
  const db = await opened();
  return done(db.transaction("about").objectStore("about").get("copy"));
}

async function keep(changes, facts) {
  const db = await opened();
  const both = db.transaction(["entry", "about"], "readwrite");
  const entries = both.objectStore("entry");
  for (const { entry, document } of changes) {
    if (document && document.state !== "retired") entries.put(document);
    else entries.delete(entry);
  }
  const count = await done(entries.count());
  const copy = { ...facts, entries: count };
  await done(both.objectStore("about").put(copy, "copy"));
  index = null;
  return copy;
}

async function refresh() {
  const old = await about();
  const stats = await (await fetch(`${API}stats`)).json();
  const { approved = 0, draft = 0, "in-review": reviewed = 0 } = stats.entries;
  if (approved + draft + reviewed > MOST) return old;
  const since = old?.epoch ? `${old.epoch}-${old.revision}` : 0;
  // A copy that does not say of which store it is, is made anew.
  const copy = (since || !old) && (await followed(since, old));
  return copy || (await emptied(), followed(0, null));
}

// Two at a time would write over each other: a copy that is whole would lose its date
// to the first page of the other.
function refreshed() {
  refreshing ??= refresh().finally(() => { refreshing = null; });
  return refreshing;
}

// Returns null when the server's store is another one, or was set back.
async function followed(since, old) {
  let address = `${API}changes?since=${since}&limit=500`;
  let copy = old;
  while (address) {
    const answer = await fetch(address);
    if (answer.status === 410) return null;
    const page = await answer.json();
    address = page.next;
    // Until the last page is here, the copy is of no later day than it was.
    const { revision, epoch } = address ? old ?? { revision: 0 } : page;
    const date = address ? old?.date : new Date().toISOString();
    copy = await keep(page.changes, { revision, epoch, date });
  }
  return copy;
}

async function emptied() {
  const db = await opened();
  const both = db.transaction(["entry", "about"], "readwrite");
  both.objectStore("entry").clear();
  await done(both.objectStore("about").clear());
  index = null;
}

self.addEventListener("message", (event) => {
  const work = event.data === "refresh" ? refreshed() : about();
  const answer = work.then((facts) => event.ports[0]?.postMessage(facts?.date ? facts : null));
  event.waitUntil(answer.catch(() => { /* The next visit tries again. */ }));
});

// A plain look-up: as written, without marks and case, by beginning, by part.

const DROPPED = /[^\p{Letter}\p{Number}\p{Sm}\p{Sc}&%#@]/gu;

function key(text) {
  const plain = text.normalize("NFKD").toLowerCase().replace(DROPPED, "");
  return [...plain].map((character) => SIMPLE.get(character) ?? character).join("");
}

async function searched() {
  if (!index) {
    const db = await opened();
    const entries = await done(db.transaction("entry").objectStore("entry").getAll());
    index = entries.map((entry) => ({ entry, keys: entry.terms.map((t) => key(t.text)) }));
  }
  return index;
}

// How far a language is from the one that is asked for: that one is 0, one that is it
// with or without a region 1, another region 2, another script 3.
function tagsApart(lang, wanted) {
  if (!wanted || lang === wanted) return 0;
  if (lang.startsWith(`${wanted}-`) || wanted.startsWith(`${lang}-`)) return 1;
  const plain = (tag) => tag.match(/^[^-]+(-[A-Za-z]{4}(?=-|$))?/)[0];
  return plain(lang) === plain(wanted) ? 2 : 3;
}

function ranked(terms, language, script) {
  const mine = terms.filter((term) => term.lang.split("-")[0] === language);
  return mine.sort((a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status)
    || tagsApart(a.lang, script) - tagsApart(b.lang, script));
}

// What renders a wording, as the server pairs it: named first, else like by like. One
// wording in two scripts is told by its reading.

function form(text) {
  return text.split(/[\s\p{Dash}]+/u).map(key).join(" ");
}

function same(a, b) {
  return form(a.text) === form(b.text) || (a.reading && a.reading === b.reading);
}

function names(term, other, terms) {
  const twins = terms.filter((t) => t.lang.split("-")[0] === term.lang.split("-")[0]);
  const named = twins.filter((t) => same(t, term)).flatMap((t) => t.renders || []);
  return terms.some((t) => named.includes(t.text) && t.lang !== term.lang && same(t, other));
}

function bound(term, others, terms) {
  const heard = (t) => USABLE.includes(t.status) || !USABLE.includes(term.status);
  return others.some((t) => names(term, t, terms) || (heard(t) && names(t, term, terms)));
}

function rendering(terms, wording, language, script) {
  const ours = ranked(terms, wording.lang.split("-")[0], script);
  const theirs = ranked(terms, language, script);
  const unlike = (t) => SHORT.includes(t.type) !== SHORT.includes(wording.type);
  const unlikePart = (t) => PARTS.includes(t.part_of_speech)
    && PARTS.includes(wording.part_of_speech) && t.part_of_speech !== wording.part_of_speech;
  const silent = !bound(wording, theirs, terms);
  const group = (t) => {
    if (names(t, wording, terms) || names(wording, t, terms)) return 1;
    if (!silent || bound(t, ours, terms)) return 3;
    return unlike(t) ? 2 : 1;
  };
  return theirs
    .map((term) => ({ term, group: group(term), avoid: !USABLE.includes(term.status) }))
    .filter((each) => each.group < 3)
    .sort((a, b) => a.avoid - b.avoid || a.group - b.group
      || unlikePart(a.term) - unlikePart(b.term)
      || STATUSES.indexOf(a.term.status) - STATUSES.indexOf(b.term.status)
      || tagsApart(a.term.lang, script) - tagsApart(b.term.lang, script)
      || Boolean(a.term.until) - Boolean(b.term.until)
      || (SHORT.includes(wording.type)
        && (b.term.type === wording.type) - (a.term.type === wording.type)))
    .map((each) => each.term);
}

function tier(written, text, wanted, there) {
  if (written === text) return "exact";
  if (wanted === there) return "folded";
  if (there.startsWith(wanted)) return "prefix";
  return there.includes(wanted) ? "part" : null;
}

// What is rendered in the script that is asked for comes first, and whole.
function facing(entry, term, to) {
  const side = term.lang.startsWith("zh") ? "en" : "zh";
  const wanted = to?.split("-")[0] === side ? to : { en: "en", zh: "zh-Hans" }[side];
  const terms = rendering(entry.terms, term, side, wanted);
  const avoid = (t) => !USABLE.includes(t.status);
  return to ? terms.sort((a, b) => avoid(a) - avoid(b)
    || tagsApart(a.lang, to) - tagsApart(b.lang, to)) : terms;
}

function hit(entry, term, how, from, to) {
  const own = term.lang.split("-")[0];
  const usable = ranked(entry.terms, own, from).filter((t) => USABLE.includes(t.status));
  return {
    entry: entry.id,
    block: "answer",
    tier: how,
    via: [],
    term,
    equivalents: facing(entry, term, to),
    // A draft bans nothing; what it says was superseded leads to what followed.
    use: USABLE.includes(term.status)
      || (["draft", "in-review"].includes(entry.state) && term.status !== "superseded") ? [] : usable,
    definition: entry.definition,
    state: entry.state,
  };
}

async function looked(q, from, to) {
  const wanted = key(q);
  const order = ["exact", "folded", "prefix", "part"];
  const hits = [];
  for (const { entry, keys } of wanted ? await searched() : []) {
    const terms = entry.terms
      .map((term, at) => ({ term, how: tier(q, term.text, wanted, keys[at]) }))
      .filter(({ how }) => how)
      .sort((a, b) => order.indexOf(a.how) - order.indexOf(b.how)
        || tagsApart(a.term.lang, from || to) - tagsApart(b.term.lang, from || to));
    if (terms.length) hits.push(hit(entry, terms[0].term, terms[0].how, from || to, to));
  }
  const weight = (each) => order.indexOf(each.tier) * 1000 + each.term.text.length;
  return hits.sort((a, b) => weight(a) - weight(b)).slice(0, 10);
}

async function fromCopy(url) {
  const facts = await about();
  if (!facts?.date) return Response.error();
  const headers = { "Glossary-Offline": facts.date };
  const [, name] = url.pathname.slice(API.length).match(/^entries\/([^/]+)$/) || [];
  if (name) {
    const entry = (await searched()).find((each) => each.entry.id === name)?.entry;
    return Response.json(entry || {}, { headers, status: entry ? 200 : 404 });
  }
  if (url.pathname !== `${API}lookup`) return Response.error();
  const parameters = url.searchParams;
  const [from, to] = ["from", "to"].map((side) => parameters.get(side));
  const hits = await looked(parameters.get("q").trim(), from, to);
  return Response.json({ hits, did_you_mean: [], revision: facts.revision }, { headers });
}

// Which answer for which request.

const AWAY = [502, 503, 504];

// A proxy answers for a server that is away; what the server says has the request's id.
async function answered(request) {
  const answer = await fetch(request);
  if (AWAY.includes(answer.status) && !answer.headers.has("X-Request-ID")) {
    throw new TypeError("There is no server behind the proxy.");
  }
  return answer;
}

async function page(event, url) {
  const cache = await caches.open(SHELL);
  try {
    const answer = await answered(event.request);
    if (answer.ok && url.pathname === HOME && !url.search) cache.put(HOME, answer.clone());
    return answer;
  } catch {
    return cache.match(url.pathname === HOME ? HOME : OFFLINE);
  }
}

async function file(event) {
  const cache = await caches.open(SHELL);
  return (await cache.match(event.request)) || fetch(event.request);
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event, url));
  else if (url.pathname.startsWith(FILES)) event.respondWith(file(event));
  else if (url.pathname.startsWith(API)) {
    event.respondWith(answered(event.request).catch(() => fromCopy(url)));
  }
});
