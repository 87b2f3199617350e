// A text with places marked in it, as nested elements. Offsets are UTF-16, as here.

function text(value) {
  return document.createTextNode(value);
}

function marked(place) {
  const element = document.createElement("mark");
  element.id = place.name;
  element.className = place.kind;
  if (place.title) element.title = place.title;
  return element;
}

// Marks nest; one that begins in another and ends outside of it is left out.
function line(whole, start, end, places) {
  const paragraph = document.createElement("p");
  const open = [[end, paragraph]];
  let at = start;
  const close = () => {
    const [stop, element] = open.pop();
    if (at < stop) element.append(text(whole.slice(at, stop)));
    at = stop;
  };
  for (const place of places) {
    while (open.at(-1)[0] <= place.start) close();
    const [stop, outer] = open.at(-1);
    if (place.end > stop) continue;
    if (at < place.start) outer.append(text(whole.slice(at, place.start)));
    const element = marked(place);
    outer.append(element);
    open.push([place.end, element]);
    at = place.start;
  }
  while (open.length) close();
  return paragraph;
}

export function paragraphs(whole, places) {
  const waiting = [...places].sort((a, b) => b.start - a.start || a.end - b.end);
  const lines = document.createDocumentFragment();
  let start = 0;
  for (const each of whole.split("\n")) {
    const end = start + each.length;
    const own = [];
    while (waiting.length && waiting.at(-1).start < end) {
      const place = waiting.pop();
      if (place.start >= start && place.end <= end && place.start < place.end) own.push(place);
    }
    lines.append(line(whole, start, end, own));
    start = end + 1;
  }
  return lines;
}
