// What a page is made of beside its own HTML: pictures and styles that changed are taken anew, in place.

// The path of a URL on this server, decoded; `null` for another server's.
export const addressOf = (url) => {
  try {
    const parsed = new URL(url, document.baseURI);
    return parsed.origin === location.origin ? decodeURIComponent(parsed.pathname) : null;
  } catch {
    return null;
  }
};

// The build in which each address that changed since the page was loaded last did.
const versions = new Map();

// A URL as the writer wrote it, and one that no cache has.
export const plain = (text) => text.replace(/(\?|&(?:amp;)?)tinso=[\w-]+/g, "");
const anew = (url) => {
  const version = versions.get(addressOf(url));
  if (!version) return url;
  const [, before, fragment] = /^([^#]*)(.*)$/s.exec(plain(url));
  return `${before}${before.includes("?") ? "&" : "?"}tinso=${version}${fragment}`;
};
const attributes = {
  src: "img[src], source[src], video[src], audio[src], track[src], embed[src], iframe[src], input[type=image][src]",
  srcset: "img[srcset], source[srcset]",
  poster: "video[poster]",
  data: "object[data]",
  href: "link[rel~=icon][href], image[href], use[href], link[rel~=stylesheet][href]",
};

// Gives the elements of a tree the addresses of what they show, as it is now.
export const renew = (root) => {
  for (const [name, selector] of Object.entries(attributes)) {
    for (const element of root.querySelectorAll(selector)) {
      // A page in a frame follows its own changes; the styles of the open page are swapped as they load.
      if (element.localName === "iframe" && /(\/|\.html?)$/.test(addressOf(element.src) || "/")) continue;
      if (root === document && element.localName === "link" && element.relList.contains("stylesheet")) continue;
      const value = element.getAttribute(name);
      const next = value.replace(/[^\s,](?:\S*[^\s,])?/g, anew);
      if (next === value) continue;
      element.setAttribute(name, next);
      if (root === document && element.localName === "source" && element.parentNode instanceof HTMLMediaElement) element.parentNode.load();
    }
  }
};

// Waits until styles are there, or a moment when they do not come.
const loaded = (link) =>
  new Promise((done) => {
    link.addEventListener("load", () => done(true));
    link.addEventListener("error", () => done(false));
    setTimeout(() => done(false), 3000);
  });

// Puts styles in; what stands for them before is taken out only when they are there, so that nothing flashes.
export const swap = async (link, put) => {
  const there = loaded(link);
  put(link);
  return there;
};

const swapStyles = (which) =>
  Promise.all(
    [...document.querySelectorAll("link[rel~=stylesheet][href]")].filter(which).map(async (link) => {
      const next = link.cloneNode();
      next.setAttribute("href", anew(link.getAttribute("href")));
      const there = await swap(next, (made) => link.after(made));
      if (there) renewRules(next.sheet);
      (there ? link : next).remove();
    }),
  );

// What the browser has loaded for this page, by who asked for it.
const loadedBy = (initiator) =>
  performance.getEntriesByType("resource").filter((entry) => entry.initiatorType === initiator).map((entry) => addressOf(entry.name));

// Whether something of this page changed that cannot be replaced in it: what a script did, and fonts, stay done.
export const isFixed = (changed) =>
  [...document.scripts].some((script) => script.src && changed.has(addressOf(script.src)))
  || loadedBy("script").some((address) => changed.has(address))
  || loadedBy("css").some((address) => changed.has(address) && /\.(woff2?|ttf|otf)$/i.test(address));

// Gives the pictures in styles their newest addresses.
const renewPictures = (style, base) => {
  for (const name of [...style]) {
    const value = style.getPropertyValue(name);
    const next = value.replace(/url\("((?:[^"\\]|\\.)*)"\)/g, (whole, url) => {
      const here = new URL(url, base).href;
      return anew(here) === here ? whole : `url("${anew(here)}")`;
    });
    if (next !== value) style.setProperty(name, next, style.getPropertyPriority(name));
  }
};
const renewRules = (sheet) => {
  const follow = (rule) => {
    if (rule.styleSheet) renewRules(rule.styleSheet);
    if (rule.style && !(rule instanceof CSSFontFaceRule)) renewPictures(rule.style, sheet.href || document.baseURI);
    if (rule.cssRules) [...rule.cssRules].forEach(follow);
  };
  try {
    [...sheet.cssRules].forEach(follow);
  } catch {
    // Another server's styles do not show their rules.
  }
};

// Takes anew what changed of what the page shows.
export const update = async (changed, build) => {
  for (const address of changed) versions.set(address, build);
  // Styles that other styles ask for come anew with these.
  if (loadedBy("css").some((address) => changed.has(address) && /\.css$/i.test(address))) {
    const own = [...document.querySelectorAll("link[rel~=stylesheet][href]")].map((link) => addressOf(link.href));
    for (const address of own.filter((address) => address !== null)) versions.set(address, build);
  }
  renew(document);
  await swapStyles((link) => anew(link.getAttribute("href")) !== link.getAttribute("href"));
  for (const sheet of document.styleSheets) renewRules(sheet);
  for (const element of document.querySelectorAll('[style*="url("]')) renewPictures(element.style, document.baseURI);
};
