// Makes the open page what its HTML is now, in place. What the reader and the page's scripts did to it stays, as long as
// the writer did not change just that.

import { plain, renew, swap } from "./assets.js";

// Data for search engines is no script.
const runs = (script) => script.type.toLowerCase() !== "application/ld+json";

// The page's HTML, as a document in which no script runs.
const parse = (html) => {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  // A browser that runs scripts reads what is in <noscript> as text.
  for (const element of parsed.querySelectorAll("noscript")) element.textContent = element.innerHTML;
  // A script made in this way does not run either when it is put into a page.
  for (const script of parsed.querySelectorAll("script")) {
    const template = parsed.createElement("template");
    template.innerHTML = script.outerHTML;
    script.replaceWith(template.content.firstChild);
  }
  return parsed;
};

// What of a page's HTML is compared from one state to the next.
const stateOf = (page) => ({
  title: page.title,
  head: [...page.head.children].filter((element) => element.localName !== "title").map((element) => plain(element.outerHTML)),
  // What cannot be changed in a page that is open.
  fixed: [...page.querySelectorAll("script, meta[http-equiv], base, template[shadowrootmode]")]
    .filter((element) => element.localName !== "script" || runs(element))
    .map((element) => element.outerHTML)
    .join("\n"),
});

const buildOf = (timing) => /tinso;desc="([^"]*)"/.exec(timing || "")?.[1] ?? "";

const ask = async () => {
  const response = await fetch(location.pathname + location.search, { cache: "no-store", redirect: "error" });
  if (response.status !== 200 || !/^text\/html\b/.test(response.headers.get("content-type") || "")) throw new Error("no page");
  return { parsed: parse(await response.text()), build: buildOf(response.headers.get("server-timing")) };
};

// What others than the writer did to the page: attributes that they set, with the writer's values; elements that they
// put in; elements from which they took something out.
const attributesSet = new WeakMap();
const putIn = new WeakSet();
const reworked = new WeakSet();

const noteAttribute = (element, name, written) => {
  const names = attributesSet.get(element) ?? new Map();
  if (!names.has(name)) names.set(name, written);
  attributesSet.set(element, names);
};
const note = (records) => {
  for (const record of records) {
    if (record.type === "attributes") noteAttribute(record.target, record.attributeName, record.oldValue);
    for (const node of record.addedNodes) putIn.add(node);
    if ([...record.removedNodes].some((node) => !putIn.has(node))) reworked.add(record.target);
  }
};
const observer = new MutationObserver(note);
const observe = () => observer.observe(document, { attributes: true, attributeOldValue: true, childList: true, subtree: true });
const unobserved = (act) => {
  note(observer.takeRecords());
  observer.disconnect();
  try {
    return act();
  } finally {
    observe();
  }
};

// The same for what was done before this script ran, from the page and from what the writer wrote.
const compare = (shown, written) => {
  for (const name of new Set([...shown.getAttributeNames(), ...written.getAttributeNames()])) {
    if (shown.getAttribute(name) !== written.getAttribute(name)) noteAttribute(shown, name, written.getAttribute(name));
  }
  const rest = [...written.children];
  const more = [];
  for (const child of shown.children) {
    if (rest[0]?.localName === child.localName) compare(child, rest.shift());
    else more.push(child);
  }
  if (rest.length > 0) reworked.add(shown);
  else more.forEach((child) => putIn.add(child));
};

let state = stateOf(document);
let begun = Promise.resolve();
const begin = async (build) => {
  const written = await ask();
  if (written.build !== build) return;
  state = stateOf(written.parsed);
  compare(document.documentElement, written.parsed.documentElement);
};

// Follows the page from now on, of which it is known of which build it is.
export const follow = (build) => {
  observe();
  const start = () => {
    begun = begin(build).catch(() => {});
  };
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
};

const mergeHead = async (next, written) => {
  const find = (html) => [...document.head.children].find((element) => plain(element.outerHTML) === html);
  const gone = state.head.filter((html) => !next.head.includes(html)).map(find);
  const styles = [];
  let last = null;
  for (const element of [...written.head.children].filter((child) => child.localName !== "title")) {
    const html = plain(element.outerHTML);
    let here = find(html);
    if (!here && !state.head.includes(html)) {
      here = document.importNode(element, true);
      const put = (made) => (last ? last.after(made) : document.head.prepend(made));
      if (here.matches("link[rel~=stylesheet]")) styles.push(swap(here, put));
      else put(here);
    }
    last = here ?? last;
  }
  await Promise.all(styles);
  for (const element of gone) element?.remove();
  if (next.title !== state.title) document.title = next.title;
};

// Whether the reader has chosen otherwise than the page does.
const chosen = (select) => {
  const options = [...select.options];
  const preset = options.filter((option) => option.defaultSelected);
  const written = select.multiple ? preset : preset.slice(-1).concat(select.size > 1 ? [] : options.find((option) => !option.disabled) ?? []).slice(0, 1);
  return options.some((option) => option.selected !== written.includes(option));
};
const typed = (field) =>
  !["checkbox", "radio", "hidden", "submit", "reset", "button", "image"].includes(field.type) && field.value !== field.defaultValue;
const isReaders = (name, element) => {
  switch (name) {
    case "value": return (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) && typed(element);
    case "checked": return element instanceof HTMLInputElement && element.checked !== element.defaultChecked;
    case "selected": return element instanceof HTMLOptionElement && element.closest("select") !== null && chosen(element.closest("select"));
    default: return false;
  }
};

// Before an element becomes another: what others set on it stays, unless the writer wrote something else there.
const keepAttributes = (shown, next) => {
  const names = shown instanceof Element ? attributesSet.get(shown) : null;
  for (const [name, written] of names ?? []) {
    if (next.getAttribute(name) !== written) names.delete(name);
    else if (shown.hasAttribute(name)) next.setAttribute(name, shown.getAttribute(name));
    else next.removeAttribute(name);
  }
};

// What an element is known by among those of its kind: for what a reader can change, something else than its state.
const keyOf = (element) => {
  const attribute = (name) => plain(element.getAttribute(name) ?? "");
  switch (element.localName) {
    case "input": case "select": case "textarea": return `${attribute("type")} ${attribute("name")} ${attribute("placeholder")}`;
    case "details": return element.querySelector("summary")?.textContent ?? "";
    case "audio": case "video": case "iframe": case "embed": case "object":
      return attribute("src") || attribute("data") || plain(element.querySelector("source")?.getAttribute("src") ?? "");
    case "form": case "dialog": return `${attribute("action")} ${attribute("name")} ${attribute("aria-label")}`;
    default: return element.textContent.trim();
  }
};
const byKey = (body) => {
  const all = new Map();
  for (const element of body.querySelectorAll(":not([id], script)")) {
    const key = `${element.localName} ${keyOf(element)}`;
    if (all.has(key)) all.get(key).push(element);
    else all.set(key, [element]);
  }
  return all;
};

// Idiomorph knows elements by their ids. Those without one get one for a moment, where it is clear which are the same, so
// that a paragraph put in before them does not take their state.
const mark = "tinso-same-";
const withIds = (next, act) => {
  const after = byKey(next.body);
  let count = 0;
  for (const [key, shown] of byKey(document.body)) {
    const same = after.get(key);
    if (same?.length !== shown.length) continue;
    shown.forEach((element, i) => {
      count += 1;
      for (const one of [element, same[i]]) one.setAttribute("id", `${mark}${count}`);
    });
  }
  try {
    act();
  } finally {
    for (const element of document.querySelectorAll(`[id^="${mark}"]`)) element.removeAttribute("id");
  }
};

const callbacks = {
  beforeNodeMorphed: keepAttributes,
  beforeAttributeUpdated: (name, element) => !isReaders(name, element),
  beforeNodeRemoved: (node) => !(putIn.has(node) && !reworked.has(node.parentNode)),
};

// Makes the page what it is in the newest build of a run of the server; throws where only loading it anew can.
export const update = async (run) => {
  await begun;
  const { parsed, build } = await ask();
  const next = stateOf(parsed);
  if (!build.startsWith(`${run}-`) || next.fixed !== state.fixed) throw new Error("not the same page");
  const { Idiomorph } = await import("./idiomorph.js");
  await mergeHead(next, parsed);
  renew(parsed);
  const morph = () => Idiomorph.morph(document.documentElement, parsed.documentElement, { head: { style: "none" }, callbacks });
  unobserved(() => withIds(parsed, morph));
  state = next;
};
