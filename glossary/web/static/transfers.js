// A file is tried first; where its columns are in doubt a person says what they are; what it would do is shown; then it is done, or not.
import "./token.js";
import { copyOf, say, word } from "./words.js";
import { ROOT } from "./root.js";

const form = document.getElementById("load");
const drop = document.getElementById("drop");
const section = document.getElementById("import");
const [state, progress, tally, more, apply, cancel, kind, filter, sure, confirm] = [
  "state", "progress", "tally", "more", "apply", "cancel", "kind", "filter", "sure", "confirm",
].map((id) => document.getElementById(id));
const [ask, settle, doubt] = ["ask", "settle", "doubt"].map((id) => document.getElementById(id));
const rows = document.querySelector("#plan tbody");
const counted = ["created", "updated", "unchanged", "conflicts", "rejected", "retired"];
const reports = ["records", "problems", "warnings", "left-out"];
const listed = { records: "records", problems: "problems", warnings: "warnings", "left-out": "left" };
const wait = 300; // milliseconds between two looks at the job
let job = null;
let atHand = null; // the question at hand

function headers() {
  const { token } = form.elements;
  return {
    // Who is signed in has no such field.
    ...(token && { Authorization: `Bearer ${token.value.trim()}` }),
    "Accept-Language": document.documentElement.lang,
    Prefer: "respond-async",
  };
}

async function call(path, options = {}) {
  const answer = await fetch(path, { ...options, headers: headers() });
  const body = answer.status === 204 ? null : await answer.json();
  if (answer.ok) return body;
  throw new Error([body.detail, ...body.errors.map((e) => e.detail)].join(" "));
}

function count(name, number) {
  const item = copyOf("count");
  item.firstElementChild.textContent = number.toLocaleString(document.documentElement.lang);
  item.lastElementChild.textContent = word(name);
  return item;
}

function shortened(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value) ?? "";
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function change({ pointer, before, after }) {
  const item = copyOf("changed");
  // A wording that is new says itself what it is.
  const isNew = before === null && /^\/terms\/\d+\/text$/.test(pointer);
  item.querySelector("code").textContent = isNew ? "" : pointer;
  item.querySelector("del").textContent = before === null ? "" : shortened(before);
  item.querySelector("ins").textContent = after === null ? "" : shortened(after);
  return item;
}

function row(line, what, entry) {
  const item = copyOf("record");
  const [place, action, cell, about] = item.children;
  place.textContent = line || "";
  action.textContent = word(what);
  item.dataset.kind = what;
  const link = cell.firstElementChild;
  link.textContent = entry || "";
  if (entry && what !== "create") link.href = `${ROOT}/entries/${encodeURIComponent(entry)}`;
  return [item, about];
}

function record(each) {
  const [item, about] = row(each.line, each.action, each.entry);
  about.append(...each.changes.slice(0, 8).map(change));
  return item;
}

function place(each, what) {
  const line = [each.sheet, each.line].filter(Boolean).join(" ");
  const [item, about] = row(line, what, "");
  const where = each.column ? `${each.column}${say("colon")}` : "";
  about.textContent = `${where}${each.message} ${shortened(each.value)}`;
  return item;
}

// What retires much of a glossary is done only after one more step.
function askAgain() {
  sure.hidden = job.state !== "planned" || job.confirm === null;
  const number = (job.confirm ?? 0).toLocaleString(document.documentElement.lang);
  const words = job.confirm === 1 ? say("sure") : say("surely", { count: number });
  sure.querySelector("span").textContent = words;
  apply.disabled = !sure.hidden && !confirm.checked;
}

function narrow() {
  const words = filter.value.trim().toLowerCase();
  for (const item of rows.children) {
    const fits = !kind.value || item.dataset.kind === kind.value;
    item.hidden = !fits || !item.textContent.toLowerCase().includes(words);
  }
}

function show(current) {
  job = current;
  const open = ["queued", "running"].includes(job.state);
  const running = job.state === "running";
  const done = job.progress.done.toLocaleString(document.documentElement.lang);
  const share = running && job.progress.share ? `${job.progress.share} %` : "";
  state.textContent = [word(job.state), share, running && say("read", { count: done }), job.error].filter(Boolean).join(" · ");
  progress.hidden = !open;
  if (share) [progress.max, progress.value] = [100, job.progress.share];
  else progress.removeAttribute("value");
  tally.replaceChildren(...(open ? [] : counted.map((name) => count(name, job.counts[name]))));
  const { created, updated, retired, rejected, conflicts } = job.counts;
  apply.hidden = job.state !== "planned" || !(created + updated + retired);
  askAgain();
  cancel.hidden = !open && job.state !== "planned";
  rows.replaceChildren(
    ...job.problems.map((each) => place(each, "refused")),
    ...job.warnings.map((each) => place(each, "warning")),
    ...job.left.map((each) => place(each, "left")),
    ...job.records.map(record),
  );
  const all = created + updated + retired + rejected + conflicts;
  more.textContent = !open && all > rows.children.length ? say("first ones") : "";
  for (const name of reports) {
    const link = document.getElementById(name);
    link.dataset.path = `${ROOT}/api/v1/imports/${job.id}/${name}?format=csv`;
    link.hidden = open || !job[listed[name]].length;
  }
  narrow();
  return open;
}

// A report is shown to who sent the file, so it is asked for with the token.
async function download(event) {
  event.preventDefault();
  try {
    const answer = await fetch(event.target.dataset.path, { headers: headers() });
    if (!answer.ok) throw new Error((await answer.json()).detail);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    [, link.download] = /filename=(.+)/.exec(answer.headers.get("Content-Disposition"));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), wait);
  } catch (error) {
    failed(error);
  }
}

function failed(error) {
  progress.hidden = true;
  state.textContent = error instanceof TypeError ? say("unreachable") : error.message;
}

async function follow(current) {
  while (show(current)) {
    await new Promise((done) => { setTimeout(done, wait); });
    current = await call(`${ROOT}/api/v1/imports/${job.id}`);
  }
}

function begin() {
  section.hidden = false;
  ask.hidden = true;
  confirm.checked = false;
  rows.replaceChildren();
  tally.replaceChildren();
  state.textContent = say("sending");
  progress.removeAttribute("value");
  progress.hidden = false;
}

// The columns of a file, as they are remembered: what is said of one holds for its like.
function shape(question) {
  return `columns ${JSON.stringify(question.columns.map((column) => column.heading))}`;
}

function remembered(question) {
  try { return JSON.parse(localStorage.getItem(shape(question))) || {}; } catch { return {}; }
}

function askColumns(question) {
  const choices = remembered(question);
  const heads = question.columns.map((column) => {
    const head = copyOf("column");
    head.firstElementChild.textContent = `${column.number} ${column.heading}`;
    const select = head.querySelector("select");
    select.dataset.number = column.number;
    const meaning = (choices.map || {})[column.number] ?? column.meaning;
    const words = meaning === "extra" ? "" : meaning;
    if (![...select.options].some((option) => option.value === words)) select.append(new Option(words, words));
    select.value = words;
    select.setAttribute("aria-label", head.firstElementChild.textContent);
    return head;
  });
  const [top, body] = [settle.querySelector("thead tr"), settle.querySelector("tbody")];
  top.replaceChildren(...heads);
  body.replaceChildren(...question.rows.map((each) => {
    const line = document.createElement("tr");
    line.append(...question.columns.map((_, at) => {
      const cell = document.createElement("td");
      cell.textContent = shortened(each.cells[at] ?? "");
      return cell;
    }));
    return line;
  }));
  const { heading, sheet, source, target, split } = settle.elements;
  heading.value = question.heading;
  sheet.replaceChildren(...question.sheets.map((name) => new Option(name, name, false, name === question.sheet)));
  sheet.closest("label").hidden = question.sheets.length < 2;
  [source.value, target.value, split.value] = [choices.source || "", choices.target || "", choices.split || ""];
  atHand = question;
  doubt.textContent = job.error;
  ask.hidden = false;
  section.hidden = true;
}

// What was answered, as the parameters of an import: what was changed, or the whole of it.
function settled(whole = false) {
  const { heading, sheet, source, target, split } = settle.elements;
  const map = {};
  for (const select of settle.querySelectorAll("th select")) {
    if (select.value) map[select.dataset.number] = select.value;
  }
  const choices = { map, source: source.value.trim(), target: target.value.trim(), split: split.value };
  try { localStorage.setItem(shape(atHand), JSON.stringify(choices)); } catch { /* then it is asked again */ }
  const sheets = [...sheet.selectedOptions].map((option) => option.value).join("/");
  // What was not changed is understood as it was, unless just that is in doubt.
  const fields = {};
  for (const { number, meaning } of atHand.columns) {
    const chosen = map[number] || "extra";
    if (whole || chosen !== meaning) fields[chosen] = [...(fields[chosen] || []), number];
  }
  return {
    map: Object.entries(fields).map(([field, numbers]) => `${field}=${numbers.join("|")}`).join(","),
    heading: !whole && heading.value === String(atHand.heading) ? "" : heading.value,
    sheet: atHand.sheets.length > 1 ? sheets : "",
    source: choices.source, target: choices.target, split: choices.split,
  };
}

async function send(answers = {}) {
  const file = form.elements.file.files[0];
  const names = ["glossary", "format", "mode", "on_error"];
  const chosen = names.map((name) => [name, form.elements[name].value.trim()]);
  const query = new URLSearchParams([
    ...chosen.filter(([, value]) => value), ["dry_run", "true"], ["filename", file.name],
    ...Object.entries(answers).filter(([, value]) => value),
  ]);
  begin();
  try {
    await follow(await call(`${ROOT}/api/v1/imports?${query}`, { method: "POST", body: file }));
    if (job.question) askColumns(job.question);
  } catch (error) {
    failed(error);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});

settle.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [doubted, whole] = [job.error, settled(true)];
  await send(settled());
  // The same once more: then it is so, as it was understood.
  if (job.question && job.error === doubted) await send(whole);
});

apply.addEventListener("click", async () => {
  apply.hidden = true;
  try {
    const number = job.confirm === null ? "" : `?confirm=${job.confirm}`;
    await follow(await call(`${ROOT}/api/v1/imports/${job.id}/apply${number}`, { method: "POST" }));
  } catch (error) {
    failed(error);
  }
});

cancel.addEventListener("click", async () => {
  try {
    const planned = job.state === "planned";
    await call(`${ROOT}/api/v1/imports/${job.id}`, { method: "DELETE" });
    if (planned) section.hidden = true;
  } catch (error) {
    failed(error);
  }
});

for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", over);
    if (name === "drop" && event.dataTransfer.files.length) {
      form.elements.file.files = event.dataTransfer.files;
    }
  });
}
for (const name of reports) document.getElementById(name).addEventListener("click", download);
confirm.addEventListener("change", askAgain);
kind.addEventListener("change", narrow);
filter.addEventListener("input", narrow);
