// The pages of the sample portal by keys alone: every part is reached in order, is seen to be, and does what it is for.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, startPortal, twin } from './portal.mjs';

let portal;
let browser;
before(async () => { portal = await startPortal(); browser = await launch(); });
after(async () => { await browser?.close(); portal?.stop(); });

const walked = ['/en/', '/en/news/hue-2017-programme/', '/en/indicators/mobile-subscribers/', '/en/indicators/', '/en/search/?q=internet'];

async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(portal.url + address);
  if (address.includes('?q=')) await page.locator('#search-results > li').first().waitFor();
  return page;
}

// Runs in the page: `window.stops()` are the parts that the keyboard should reach, in the order of the page; `window.here()` tells
// how the part stands that has the focus.
function instruments() {
  const parts = 'a[href], button, input, select, textarea, summary, audio[controls], [contenteditable], [tabindex]';
  window.stops = () => [...document.querySelectorAll(parts)].filter((part) => part.tabIndex >= 0 && !part.disabled && part.checkVisibility({ visibilityProperty: true }));
  // Colours as the browser paints them, whatever space they are written in.
  const pencil = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  const paint = (colour) => {
    pencil.clearRect(0, 0, 1, 1);
    pencil.fillStyle = colour;
    pencil.fillRect(0, 0, 1, 1);
    return [...pencil.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => { const c = part / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = paint(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  window.here = () => {
    const part = document.activeElement;
    const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(part);
    const ring = light(paint(outlineColor));
    // A ring beside the part stands on what is behind it.
    const ground = light(behind(parseFloat(outlineOffset) >= 0 ? part.parentElement : part));
    const boxes = [...part.getClientRects()];
    const seen = boxes.some(({ left, top, width, height }) => {
      const [x, y] = [left + width / 2, top + height / 2];
      const hit = document.elementFromPoint(x, y);
      return hit && (part.contains(hit) || hit.contains(part));
    });
    return {
      at: window.stops().indexOf(part), name: part.outerHTML.slice(0, 120), seen, outline: `${outlineStyle} ${outlineWidth}`,
      contrast: (Math.max(ring, ground) + 0.05) / (Math.min(ring, ground) + 0.05),
    };
  };
}

for (const colorScheme of ['light', 'dark']) {
  test(`Tab reaches every part of a page in its order and no other, each in sight with a ring that is seen, and leads out again, ${colorScheme}`, { timeout: 240_000 }, async () => {
    const problems = [];
    // What is dark is reached as what is light, so one language is enough there.
    const addresses = walked.flatMap((address) => (colorScheme === 'dark' || address.includes('search') ? [address] : [address, twin(portal, address)]));
    for (const address of addresses) {
      const page = await open(address, { colorScheme });
      await page.evaluate(instruments);
      const wanted = await page.evaluate(() => window.stops().length);
      assert.ok(wanted > 15, `${address}: ${wanted} parts`);
      for (let step = 0; step < wanted; step += 1) {
        await page.keyboard.press('Tab');
        const { at, name, seen, outline, contrast } = await page.evaluate(() => window.here());
        const bad = (what) => problems.push(`${address} ${name}: ${what}`);
        if (at !== step) { bad(`is stop ${at}, not ${step}`); break; }
        if (!seen) bad('is out of sight or covered');
        if (!/^(solid|double|dashed|dotted) ([2-9]|\d\d)/.test(outline)) bad(`outline ${outline}`);
        if (contrast < 3) bad(`a ring of contrast ${contrast.toFixed(2)}`);
      }
      await page.keyboard.press('Tab');
      const last = await page.evaluate(() => window.here().at);
      if (last > 0) problems.push(`${address}: after the last part comes ${last}`);
      // And back.
      if (last !== -1) await page.evaluate(() => document.activeElement.blur());
      await page.evaluate(() => window.stops().at(-1).focus());
      await page.keyboard.press('Shift+Tab');
      const before = await page.evaluate(() => window.here().at);
      if (before !== wanted - 2) problems.push(`${address}: back from the last part comes ${before}, not ${wanted - 2}`);
      await page.context().close();
    }
    assert.deepEqual(problems, []);
  });
}

test('the first Tab shows the way past the head of the page, and it leads there', async () => {
  for (const address of ['/en/', '/news/hue-trien-khai-nhiem-vu-2017/', '/en/search/']) {
    for (const width of [360, 1280]) {
      const page = await open(address, { viewport: { width, height: 740 } });
      await page.keyboard.press('Tab');
      const skip = await page.evaluate(() => {
        const { top, left, right, bottom } = document.activeElement.getBoundingClientRect();
        return { is: document.activeElement.className, inside: top >= 0 && left >= 0 && right <= innerWidth && bottom <= innerHeight };
      });
      assert.deepEqual(skip, { is: 'skip', inside: true }, address);
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(() => document.activeElement !== document.body && document.getElementById('main').contains(document.activeElement)), address);
      await page.context().close();
    }
  }
});

// Presses Tab until the part has the focus, as one does who does not see where it is.
async function reach(page, part) {
  for (let step = 0; step < 250; step += 1) {
    if (await part.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not reach ${part}`);
}

test('menu, languages and text size do by keys what they are for, on a phone too', async () => {
  for (const width of [360, 1280]) {
    const page = await open('/en/', { viewport: { width, height: 740 } });
    await reach(page, page.getByRole('button', { name: 'Largest text', exact: true }));
    await page.keyboard.press('Space');
    assert.equal(await page.evaluate(() => document.documentElement.dataset.textSize), 'largest');
    await reach(page, page.getByRole('navigation', { name: 'Main sections' }).getByRole('link', { name: 'Indicators' }));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/en/indicators/');
    await reach(page, page.locator('.langs a[hreflang=vi]'));
    await page.keyboard.press('Enter');
    await page.waitForURL(`${portal.url}/indicators/`);
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'vi');
    await page.context().close();
  }
});

test('the index of indicators is narrowed and ordered by keys', async () => {
  const page = await open('/en/indicators/');
  const shown = () => page.locator('#ind-list > li:not([hidden]) h2').allTextContents();
  const all = await shown();
  await reach(page, page.getByLabel('Name of the indicator'));
  await page.keyboard.type('mobile');
  const some = await shown();
  assert.ok(some.length >= 1 && some.length < all.length, `${some}`);
  assert.match(await page.locator('#ind-status').textContent(), /\d/);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  assert.deepEqual(await shown(), all);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'ind-topic');
  await page.keyboard.press('ArrowDown');
  const chosen = await shown();
  assert.ok(chosen.length >= 1 && chosen.length < all.length, `${chosen}`);
  await page.keyboard.press('ArrowUp');
  await reach(page, page.locator('#ind-order'));
  await page.keyboard.press('ArrowDown');
  assert.notDeepEqual(await shown(), all);
  assert.equal((await shown()).length, all.length);
  await reach(page, page.locator('#ind-list > li:not([hidden]) a').first());
  await page.keyboard.press('Enter');
  await page.waitForURL('**/en/indicators/*/');
  await page.context().close();
});

test('a search is asked for, narrowed and followed by keys', async () => {
  const page = await open('/en/');
  await reach(page, page.locator('#site-search'));
  await page.keyboard.type('internet');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/en/search/?q=internet');
  await page.locator('#search-results > li').first().waitFor();
  const filters = page.locator('#search-filters');
  await reach(page, filters.locator('summary'));
  const wasOpen = await filters.evaluate((node) => node.open);
  await page.keyboard.press('Enter');
  assert.equal(await filters.evaluate((node) => node.open), !wasOpen);
  await page.keyboard.press('Space');
  assert.equal(await filters.evaluate((node) => node.open), wasOpen);
  if (!wasOpen) await page.keyboard.press('Enter');
  await reach(page, page.locator('#filter-figures'));
  await page.keyboard.press('Space');
  await page.waitForURL(/figures=1/);
  await reach(page, page.locator('#search-results .story-title a').first());
  const href = await page.evaluate(() => document.activeElement.href);
  await page.keyboard.press('Enter');
  await page.waitForURL(href);
  await page.context().close();
});

test('an article is printed and kept, a chart read and a long table moved, by keys', async () => {
  const article = await open('/en/news/hue-2017-programme/');
  await article.evaluate(() => { window.print = () => { window.printed = true; }; });
  await reach(article, article.locator('[data-print]'));
  await article.keyboard.press('Enter');
  assert.equal(await article.evaluate(() => window.printed), true);
  await reach(article, article.getByRole('link', { name: 'Save this article' }));
  const [download] = await Promise.all([article.waitForEvent('download'), article.keyboard.press('Enter')]);
  assert.match(download.suggestedFilename(), /\.html$/);
  await article.context().close();

  const indicator = await open('/en/indicators/mobile-subscribers/', { viewport: { width: 360, height: 740 } });
  await reach(indicator, indicator.getByRole('slider').first());
  const value = () => indicator.getByRole('slider').first().getAttribute('aria-valuenow');
  const newest = await value();
  await indicator.keyboard.press('ArrowLeft');
  assert.equal(Number(await value()), Number(newest) - 1);
  const table = indicator.locator('.table-scroll').first();
  await reach(indicator, table);
  const [moved, room] = await table.evaluate((node) => [node.scrollLeft, node.scrollWidth - node.clientWidth]);
  assert.ok(room > 20, `${room}px of the table are out of sight`);
  await indicator.keyboard.press('ArrowRight');
  await indicator.waitForFunction((moved) => document.querySelector('.table-scroll').scrollLeft > moved, moved);
  await indicator.context().close();
});
