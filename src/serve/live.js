// Keeps an open page up to date while its site is edited, and shows what is wrong. Only `tinso serve` adds this.
(() => {
  "use strict";

  const scrollKey = "tinso-scroll";
  const navigation = performance.getEntriesByType("navigation")[0];
  const timing = navigation && navigation.serverTiming && navigation.serverTiming.find((entry) => entry.name === "tinso");
  let since = timing ? timing.description : "";
  let source = null;
  let leaving = false;

  // Reloading, with the place on the page kept.
  const stored = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null;
    }
  };
  const reload = () => {
    leaving = true;
    stored((storage) => storage.setItem(scrollKey, JSON.stringify([location.pathname, scrollX, scrollY])));
    location.reload();
  };
  const restore = () => {
    const saved = JSON.parse(stored((storage) => storage.getItem(scrollKey)) || "null");
    stored((storage) => storage.removeItem(scrollKey));
    if (saved && saved[0] === location.pathname) scrollTo(saved[1], saved[2]);
  };

  // What this page is made of, as addresses in the site.
  const addressOf = (url) => {
    try {
      const parsed = new URL(url, document.baseURI);
      return parsed.origin === location.origin ? decodeURIComponent(parsed.pathname) : null;
    } catch {
      return null;
    }
  };
  const pageAddress = () => {
    const address = addressOf(location.href) || "";
    return address.endsWith("/") ? `${address}index.html` : address;
  };
  const isMissing = () => (navigation && navigation.responseStatus === 404) || document.documentElement.dataset.tinso === "missing";
  const isBroken = () => document.documentElement.dataset.tinso === "broken";
  const uses = (changed) =>
    [...document.querySelectorAll("script[src], img[src], source[src], video[src], audio[src], iframe[src], embed[src]")]
      .some((element) => changed.has(addressOf(element.src)));

  const swapStyles = (changed, build) => {
    for (const link of document.querySelectorAll("link[rel~=stylesheet][href]")) {
      if (!changed.has(addressOf(link.href))) continue;
      const url = new URL(link.href);
      url.searchParams.set("tinso", build);
      const next = link.cloneNode();
      next.href = url.href;
      next.addEventListener("load", () => link.remove());
      next.addEventListener("error", () => next.remove());
      link.after(next);
    }
  };

  const receive = (message) => {
    if (leaving) return;
    since = message.build;
    const changed = new Set(message.changed);
    const missingChanged = isMissing() && message.changed.some((address) => address.endsWith("/404.html"));
    if (message.all || (isBroken() && message.errors.length === 0) || changed.has(pageAddress()) || missingChanged || uses(changed)) {
      reload();
      return;
    }
    swapStyles(changed, message.build);
    show(message.errors);
  };

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
  const show = (errors) => {
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
    const note = isBroken() ? "" : "The page behind is the last good one.";
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

  // A page in the background gives its connection back: browsers allow only six to one server.
  const connect = () => {
    if (source || document.visibilityState === "hidden") return;
    source = new EventSource(`/.tinso/events?since=${since}`);
    source.addEventListener("message", (event) => receive(JSON.parse(event.data)));
  };
  const disconnect = () => {
    if (source) source.close();
    source = null;
  };
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  if (document.readyState === "complete") restore();
  else addEventListener("load", restore);
  connect();
})();
