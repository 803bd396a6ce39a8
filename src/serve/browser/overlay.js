// The errors over the page. Every text is set as text.

let overlay = null;
let shown = "[]";

const element = (name, className, ...children) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null));
  return made;
};

const placeOf = (place) => (place.line === null ? place.file : `${place.file}:${place.line}:${place.column}`);

const excerptOf = (place) => {
  if (!place.excerpt) return null;
  const [before, meant, after] = place.excerpt;
  return element("pre", "excerpt", element("span", "number", `${place.line} │ `), before, element("mark", "", meant || " "), after);
};

const problem = (error) =>
  element(
    "li", "problem",
    element("h2", "message", error.message),
    error.place && element("p", "place", placeOf(error.place)),
    error.place && excerptOf(error.place),
    ...error.related.flatMap((place) => [element("p", "place", `${placeOf(place)}: ${place.label}`), excerptOf(place)]),
    error.help && element("p", "help", error.help),
  );

// Shows these errors instead of those before; none takes the overlay away.
export const show = (errors, note) => {
  const state = JSON.stringify(errors);
  if (state === shown) return;
  shown = state;
  if (overlay) overlay.remove();
  overlay = null;
  if (errors.length === 0) return;
  overlay = document.createElement("tinso-errors");
  const root = overlay.attachShadow({ mode: "open" });
  const style = element("link");
  style.rel = "stylesheet";
  style.href = "/.tinso/live.css";
  const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
  const toggle = element("button", "toggle", "Hide");
  toggle.type = "button";
  const panel = element(
    "section", "panel",
    element("header", "head", element("h1", "title", count), element("p", "note", note), toggle),
    element("ol", "problems", ...errors.map(problem)),
  );
  panel.setAttribute("role", "alert");
  const flip = () => {
    panel.classList.toggle("folded");
    toggle.textContent = panel.classList.contains("folded") ? "Show" : "Hide";
  };
  toggle.addEventListener("click", flip);
  overlay.flip = flip;
  overlay.isFolded = () => panel.classList.contains("folded");
  root.append(style, panel);
  document.documentElement.append(overlay);
};

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && overlay && !overlay.isFolded()) overlay.flip();
});
