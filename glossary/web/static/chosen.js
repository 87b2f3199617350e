// The glossaries that somebody looks in, kept in this browser.
const CHOSEN = "glossaries";
const boxes = [...document.querySelectorAll("[name=glossaries]")];

export function chosen() {
  return boxes.filter((box) => box.checked).map((box) => box.value);
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(CHOSEN)) || [];
  } catch {
    return [];
  }
}

// Ticks what was chosen before, and says whether that was anything; an address that
// names glossaries says more.
export function keepChosen() {
  const named = /[?&]glossar(y|ies)=/.test(location.search);
  const before = named ? [] : stored();
  for (const box of boxes) if (!named) box.checked = before.includes(box.value);
  for (const box of boxes) {
    box.addEventListener("change", () => {
      localStorage.setItem(CHOSEN, JSON.stringify(chosen()));
    });
  }
  return !named && chosen().length > 0;
}

// Where there is one glossary only, it has no title here.
export function titleOf(glossary) {
  const box = boxes.find((one) => one.value === glossary);
  return box?.parentElement.querySelector("span");
}
