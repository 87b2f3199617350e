// My glossary without an account: what this browser keeps, and a button to keep an entry.
import { ROOT } from "./root.js";
import { say } from "./words.js";

const KEY = "own";

function stars() {
  try {
    const rows = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(rows) ? rows.filter((each) => typeof each?.entry === "string") : [];
  } catch {
    return [];
  }
}

function keep(all) {
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch { /* A browser that keeps nothing has no glossary of its own. */ }
}

const star = document.getElementById("star");
if (star) {
  const { entry, title } = star.dataset;
  const show = () => {
    const is = stars().some((each) => each.entry === entry);
    star.setAttribute("aria-pressed", String(is));
  };
  star.addEventListener("click", () => {
    const others = stars().filter((each) => each.entry !== entry);
    const is = others.length < stars().length;
    keep(is ? others : [{ entry, title, note: "", rendering: "" }, ...others]);
    show();
  });
  show();
}

function field(each, name, label) {
  const box = document.createElement("label");
  box.className = "field";
  const caption = document.createElement("span");
  caption.textContent = label;
  const input = document.createElement("input");
  input.value = each[name] ?? "";
  input.addEventListener("change", () => {
    keep(stars().map((one) => (one.entry === each.entry ? { ...one, [name]: input.value } : one)));
  });
  box.append(caption, input);
  return box;
}

const list = document.getElementById("own");
function draw() {
  const sections = stars().map((each) => {
    const section = document.createElement("section");
    const head = document.createElement("h2");
    head.className = "section";
    const link = document.createElement("a");
    link.href = `${ROOT}/entries/${encodeURIComponent(each.entry)}`;
    link.textContent = each.title || each.entry;
    head.append(link);
    const drop = document.createElement("button");
    drop.type = "button";
    drop.textContent = say("keep no more");
    drop.addEventListener("click", () => {
      keep(stars().filter((one) => one.entry !== each.entry));
      draw();
    });
    const row = document.createElement("div");
    row.className = "fields";
    row.append(
      field(each, "rendering", say("my rendering")),
      field(each, "note", say("my note")),
      drop,
    );
    section.append(head, row);
    return section;
  });
  if (!sections.length) {
    const nothing = document.createElement("p");
    nothing.textContent = say("nothing here");
    sections.push(nothing);
  }
  list.replaceChildren(...sections);
}

function cell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

if (list) {
  draw();
  document.getElementById("take-out").addEventListener("click", () => {
    const names = ["entry", "title", "rendering", "note"];
    const lines = stars().map((each) => names.map((name) => cell(String(each[name] ?? ""))).join(","));
    const file = new Blob([[names.join(","), ...lines, ""].join("\r\n")], { type: "text/csv" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = "my-glossary.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
