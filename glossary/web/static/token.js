// A token that was typed once is kept for this tab, and for no longer.

const KEY = "token";

export function keepToken(field) {
  field.value = sessionStorage.getItem(KEY) || "";
  field.addEventListener("change", () => sessionStorage.setItem(KEY, field.value.trim()));
}

for (const field of document.querySelectorAll("input[name=token]")) keepToken(field);
