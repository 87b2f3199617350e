// A passage that is selected on one side of the desk is put into the form beside it, with
// its sentence; the form opens once there is one of either side.
const form = document.querySelector("#propose form");
const LONGEST = 500; // characters, as the form takes them
const sides = new Set();

// Whether a sentence ends with this character; the point of a number ends none.
function ends(whole, at) {
  return /[。！？；!?;\n]/.test(whole[at]) || /^\.(\s|$)/.test(whole.slice(at, at + 2));
}

// The sentence that holds a stretch of a text.
function sentence(whole, start, end) {
  let [from, to] = [start, end];
  while (from > 0 && !ends(whole, from - 1)) from -= 1;
  while (to < whole.length && !ends(whole, to - 1)) to += 1;
  return whole.slice(from, to).trim();
}

function take(side, whole, start, end) {
  const text = whole.slice(start, end).trim();
  if (!text || text.includes("\n") || text.length > LONGEST) return;
  const name = side.startsWith("zh") ? "zh" : "en";
  const around = sentence(whole, start, end);
  form.elements[name].value = text;
  form.elements[`quote-${name}`].value = around.length > LONGEST ? text : around;
  sides.add(name);
  if (sides.size > 1) form.parentElement.open = true;
}

for (const box of document.querySelectorAll("#text, #target")) {
  box.addEventListener("select", () => {
    take(box.lang, box.value, box.selectionStart, box.selectionEnd);
  });
}

document.addEventListener("selectionchange", () => {
  const chosen = document.getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  const line = range.startContainer.parentElement?.closest(".running p");
  if (!line?.contains(range.endContainer)) return;
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  const side = line.closest(".running").lang;
  take(side, line.textContent, start, start + range.toString().length);
});
