// What a reader asks of a page: text of another size, which this browser remembers, paper, passing it on. It runs before the
// page is painted, so nothing jumps; without it these controls are not shown, and nothing else is missing.
const root = document.documentElement;
const KEY = "text-size";

const remembered = () => {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // A browser that keeps nothing: the size holds for this page.
    return null;
  }
};
const remember = (size) => {
  try {
    if (size) localStorage.setItem(KEY, size);
    else localStorage.removeItem(KEY);
  } catch {
    // As above.
  }
};
const show = (size) => {
  if (size) root.dataset.textSize = size;
  else delete root.dataset.textSize;
};

root.classList.add("has-script");
if (navigator.share) root.classList.add("can-share");
show(remembered());

document.addEventListener("DOMContentLoaded", () => {
  const sizes = [...document.querySelectorAll("[data-size]")];
  const mark = () => {
    for (const button of sizes) button.setAttribute("aria-pressed", String(button.dataset.size === (root.dataset.textSize ?? "")));
  };
  mark();
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("size" in button.dataset) {
      show(button.dataset.size);
      remember(button.dataset.size);
      mark();
    } else if ("print" in button.dataset) {
      print();
    } else if ("share" in button.dataset) {
      const url = document.querySelector("link[rel=canonical]")?.href ?? location.href;
      // Who changes their mind has not made a mistake.
      navigator.share({ title: document.title, url }).catch(() => {});
    }
  });
});
