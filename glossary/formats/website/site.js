// Looks a phrase up in the words of this glossary, which words.js has laid down.

const box = document.getElementById("q");
const list = document.getElementById("hits");
const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\p{P}]+/gu, "");
const rows = globalThis.WORDS.map(([id, head, rendering, mark]) => ({ id, head, rendering, mark, key: folded(head) }));

function found(asked) {
  const near = (row) => (row.key === asked ? 0 : row.key.startsWith(asked) ? 1 : 2);
  const hits = rows.filter((row) => row.key.includes(asked));
  return hits.sort((a, b) => near(a) - near(b) || a.key.length - b.key.length).slice(0, 50);
}

function show() {
  const asked = folded(box.value);
  const hits = asked ? found(asked) : [];
  list.replaceChildren(
    ...hits.map((row) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `entries/${row.id}.html`;
      link.textContent = row.head;
      item.append(link, ` ${row.mark} ${row.rendering}`.replace(/ +/g, " "));
      return item;
    }),
  );
  document.getElementById("count").textContent = asked ? String(hits.length) : "";
}

box.addEventListener("input", show);
document.getElementById("search").addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});
document.getElementById("search").hidden = false;
show();
