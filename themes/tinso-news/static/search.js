// The search page: what is typed is searched as it is typed, and stands in the address. Without this script the page says so.
import { Index } from "./search-index.js";

const AT_ONCE = 10;
const PAUSE = 150;

const form = document.getElementById("search");
const input = form.elements.q;
const filters = document.getElementById("search-filters");
const status = document.getElementById("search-status");
const list = document.getElementById("search-results");
const more = document.getElementById("search-more");
const sample = document.getElementById("search-result").content;
const topics = document.getElementById("search-topics");
const title = document.title;
const { index: address, mainArea } = form.dataset;

let index;
let rest = [];
let terms = [];
let latest = 0;

const open = () => (index ??= Index.open(address).catch((error) => {
  index = undefined;
  throw error;
}));
const controls = () => [...filters.querySelectorAll("[data-filter]")];

function say(key, values = {}) {
  status.textContent = key && status.dataset[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function fill(element, text) {
  element.replaceChildren(...index.reader.parts(text, terms).map(([part, named]) => {
    if (!named) return part;
    const mark = document.createElement("mark");
    mark.textContent = part;
    return mark;
  }));
}

function result(shown) {
  const item = sample.cloneNode(true).firstElementChild;
  const part = (name) => item.querySelector(`[data-part="${name}"]`);
  const put = (name, text) => (text ? fill(part(name), text) : part(name).remove());
  part("title").href = index.url(shown.path);
  put("title", shown.title);
  put("summary", shown.summary);
  if (shown.day) {
    const day = document.createElement("time");
    day.dateTime = shown.date;
    day.textContent = shown.day;
    part("date").append(day);
  } else {
    part("date").remove();
  }
  const { figure } = shown;
  if (!figure) {
    part("figure").remove();
    return item;
  }
  const percent = figure.unit === "%";
  part("number").textContent = figure.number + (percent ? "%" : "");
  for (const [name, text] of [["qualifier", figure.qualifier], ["unit", percent ? "" : figure.unit]]) {
    if (text) part(name).textContent = text;
    else part(name).remove();
  }
  part("period").textContent = figure.period;
  const meta = [figure.ref_area === mainArea ? "" : figure.area, ...(figure.notes ?? [])].filter(Boolean);
  for (const text of meta) {
    const also = part("period").cloneNode();
    also.textContent = text;
    part("meta").append(" ", also);
  }
  if (figure.path) {
    part("indicator").href = index.url(figure.path);
    put("indicator", figure.name);
  } else {
    part("of").remove();
  }
  return item;
}

// Shows the next results, in place of those before or after them.
async function show(anew) {
  const now = latest;
  const items = (await index.shown(rest.slice(0, AT_ONCE))).filter(Boolean).map(result);
  if (now !== latest) return undefined;
  rest = rest.slice(AT_ONCE);
  if (anew) list.replaceChildren();
  list.append(...items);
  more.hidden = rest.length === 0;
  return items[0];
}

async function search() {
  latest += 1;
  const now = latest;
  const query = input.value.trim();
  const marks = controls().flatMap((control) => {
    const value = control.type === "checkbox" ? (control.checked ? control.value : "") : control.value;
    return value ? [`${control.name}:${value}`] : [];
  });
  document.title = query ? `${query} – ${title}` : title;
  const nothing = !query && !marks.length;
  topics.hidden = !nothing;
  if (nothing) {
    list.replaceChildren();
    more.hidden = true;
    return say("");
  }
  try {
    index = await open();
    const found = await index.search(input.value.trimStart(), marks);
    if (now !== latest) return undefined;
    ({ documents: rest, terms } = found);
    const count = rest.length;
    await show(true);
    if (now !== latest) return undefined;
    const key = !count ? "none" : !found.all ? "some" : count === 1 ? "one" : "many";
    return say(key, { n: count.toLocaleString(document.documentElement.lang), query });
  } catch {
    return now === latest ? say("failed") : undefined;
  }
}

// Filters get their choices from the index; one that offers none is left out.
async function offer() {
  const { filters: offered } = await open().then((opened) => (index = opened));
  const lang = document.documentElement.lang;
  for (const control of controls()) {
    const values = offered[control.dataset.filter] ?? [];
    control.closest(".search-filter").hidden = !values.length;
    if (control.type === "checkbox" || control.length > 1) continue;
    const newest = control.dataset.filter === "year" ? -1 : 1;
    values.sort((a, b) => newest * a.words.localeCompare(b.words, lang, { numeric: true }));
    control.append(...values.map(({ value, words, count }) => new Option(`${words} (${count})`, value)));
  }
  filters.hidden = !Object.keys(offered).length;
  // On a phone the results come first.
  filters.open = matchMedia("(min-width: 48rem)").matches || controls().some(({ name }) => new URLSearchParams(location.search).has(name));
}

// The address says what is searched, so that it can be shared and gone back to.
const asked = () => {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  return `${query}` ? `?${query}` : location.pathname;
};

function read() {
  const query = new URLSearchParams(location.search);
  input.value = query.get("q") ?? "";
  for (const control of controls()) {
    const value = query.get(control.name) ?? "";
    if (control.type === "checkbox") control.checked = value === control.value;
    else control.value = [...control.options].some((option) => option.value === value) ? value : "";
  }
}

let waiting;
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    history.replaceState(null, "", asked());
    search();
  }, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  if (asked() !== location.search) history.pushState(null, "", asked());
  search();
});
filters.addEventListener("change", () => {
  history.pushState(null, "", asked());
  search();
});
more.addEventListener("click", async () => {
  // The keyboard goes on with what is new.
  (await show(false).catch(() => say("failed")))?.querySelector("a")?.focus();
});
addEventListener("popstate", () => {
  read();
  search();
});

read();
if (location.search) say("wait");
await offer().then(read, () => say("failed"));
if (index) await search();
