// The path under which the site stands: empty, or a prefix without a slash at its end.
export const ROOT = document.body.dataset.root;
