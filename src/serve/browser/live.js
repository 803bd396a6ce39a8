// Keeps an open page up to date while its site is edited, and shows what is wrong. Only `tinso serve` adds this.

import * as assets from "./assets.js";
import * as overlay from "./overlay.js";
import * as page from "./page.js";

const scrollKey = "tinso-scroll";
const navigation = performance.getEntriesByType("navigation")[0];
const timing = navigation && navigation.serverTiming && navigation.serverTiming.find((entry) => entry.name === "tinso");
let since = timing ? timing.description : "";
let source = null;
let leaving = false;

// Loading the page anew, with the place on it kept.
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

const pageAddress = () => {
  const address = assets.addressOf(location.href) || "";
  return address.endsWith("/") ? `${address}index.html` : address;
};
const isBroken = document.documentElement.dataset.tinso === "broken";
const isMissing = (navigation && navigation.responseStatus === 404) || document.documentElement.dataset.tinso === "missing";

const receive = async (message) => {
  if (leaving) return;
  since = message.build;
  const changed = new Set(message.changed);
  const pageChanged = changed.has(pageAddress());
  const missingChanged = isMissing && (pageChanged || message.changed.some((address) => address.endsWith("/404.html")));
  if (message.all || missingChanged || (isBroken && message.errors.length === 0) || assets.isFixed(changed)) {
    reload();
    return;
  }
  await assets.update(changed, message.build);
  if (pageChanged) await page.update(message.build.split("-")[0]);
  overlay.show(message.errors, isBroken ? "" : "The page behind is the last good one.");
  if (changed.size > 0) document.dispatchEvent(new CustomEvent("tinso:updated", { detail: { build: message.build, page: pageChanged } }));
};

// One message after the other; where one cannot be followed in place, the page is loaded anew.
let work = Promise.resolve();
const enqueue = (event) => {
  work = work.then(() => receive(JSON.parse(event.data))).catch(reload);
};

// A page in the background gives its connection back: browsers allow only six to one server.
const connect = () => {
  if (source || document.visibilityState === "hidden") return;
  source = new EventSource(`/.tinso/events?since=${since}&page=${encodeURIComponent(location.pathname)}`);
  source.addEventListener("message", enqueue);
};
const disconnect = () => {
  if (source) source.close();
  source = null;
};

page.follow(since);
document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? disconnect() : connect()));
addEventListener("pagehide", disconnect);
addEventListener("pageshow", connect);
if (document.readyState === "complete") restore();
else addEventListener("load", restore);
connect();
