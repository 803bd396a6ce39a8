// axe-core on the pages of the sample portal: on every one that has text at a place which no page before it had, in light and in
// the dark. A place is what styles can tell, the names, classes and states of an element and of all around it. With
// TINSO_EVERY_PAGE=1 all rules but that of contrast look at the other pages, too.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { htmlFiles, launch, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let portal;
let browser;
before(async () => { portal = await startPortal(); browser = await launch(); });
after(async () => { await browser?.close(); portal?.stop(); });

const read = (address) => readFileSync(join(portal.folder, address.endsWith('/') ? `${address}index.html` : address), 'utf8');
const addresses = () => htmlFiles(portal.folder).map((file) => `/${file.replace(/(^|\/)index\.html$/, '$1')}`);
const inFrames = (address) => /\/embed(-\w+)?\/$/.test(address);
const leadsOn = (address) => /http-equiv="?refresh/.test(read(address));

const places = new Set();
let compared = 0;

// Takes every address once, two windows side by side.
async function walk(addresses, viewport) {
  const problems = [];
  const left = [...addresses];
  await Promise.all(Array.from({ length: 2 }, async () => {
    // Axe is a script of ours: only here the policy is off.
    const context = await browser.newContext({ bypassCSP: true, viewport, colorScheme: 'light' });
    await context.addInitScript(axe);
    const [page, reader] = [await context.newPage(), await context.newPage()];
    for (let address = left.shift(); address !== undefined; address = left.shift()) {
      const fresh = (await placesOf(reader, read(address))).filter((place) => !places.has(place));
      for (const place of fresh) places.add(place);
      if (fresh.length === 0 && !process.env.TINSO_EVERY_PAGE) continue;
      await page.goto(portal.url + address);
      for (const problem of await examine(page, fresh.length > 0)) problems.push(`${address}: ${problem}`);
    }
    await context.close();
  }));
  assert.deepEqual(problems.slice(0, 20), [], `${problems.length} problems`);
}

// All rules of axe and that of WCAG 2.2 on the size of what is pointed at, or that of contrast alone; and whether anything is wider than the page.
const look = (page, contrast) => page.evaluate(async (contrast) => {
  const rules = contrast ? { runOnly: ['color-contrast'] } : { rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: true } } };
  const { violations, passes } = await window.axe.run({ ...rules, resultTypes: ['violations'], preload: false });
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  return [
    ...violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).slice(0, 3).join(' | ')}`),
    ...(passes.length < (contrast ? 1 : 10) ? ['axe checked nearly nothing'] : []),
    ...(over > 0 ? [`${over}px too wide`] : []),
  ];
}, contrast);

// The places of text of a page, read without showing it.
const placesOf = (reader, html) => reader.evaluate((html) => {
  const names = new Map();
  const name = (element) => {
    if (!element) return '';
    if (!names.has(element)) {
      const states = [...element.attributes].filter(({ name }) => /^(aria-|type$|href$|open$|hidden$|data-size)/.test(name)).map(({ name, value }) => (/current|pressed/.test(name) ? `${name}=${value}` : name));
      names.set(element, `${name(element.parentElement)}>${element.tagName}.${[...element.classList].sort().join('.')}[${states.sort()}]`);
    }
    return names.get(element);
  };
  const read = new DOMParser().parseFromString(html, 'text/html');
  const texts = read.createTreeWalker(read.body, NodeFilter.SHOW_TEXT);
  const found = new Set();
  while (texts.nextNode()) if (texts.currentNode.data.trim()) found.add(name(texts.currentNode.parentElement));
  return [...found];
}, html);

async function examine(page, hasFresh) {
  const problems = await look(page, false);
  if (!hasFresh) return problems;
  compared += 1;
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    problems.push(...(await look(page, true)).map((problem) => `${colorScheme}: ${problem}`));
  }
  return problems;
}

test('axe finds no violation on a page with text at a place that no other has, light and dark, and none is wider than its window', { timeout: 600_000 }, async () => {
  const all = addresses().filter((address) => !inFrames(address) && !leadsOn(address));
  assert.ok(all.length > 250, `${all.length} pages`);
  await walk(all, { width: 1280, height: 600 });
  assert.ok(compared >= 20 && places.size > 200, `${compared} pages, ${places.size} places`);
});

test('axe finds no violation on pages for frames, and those of one colour are it in that colour', { timeout: 300_000 }, async () => {
  const frames = addresses().filter((address) => address.endsWith('/embed/'));
  assert.ok(frames.length > 60, `${frames.length} frames`);
  for (const address of frames) {
    for (const scheme of ['light', 'dark']) {
      const told = read(address).replace(/data-scheme="?auto"?/, `data-scheme="${scheme}"`).replace('content="light dark"', `content="${scheme}"`);
      assert.equal(read(address.replace(/embed\/$/, `embed-${scheme}/`)).replaceAll('"', ''), told.replaceAll('"', ''), address);
    }
  }
  await walk(frames, { width: 720, height: 600 });
});
