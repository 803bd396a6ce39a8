// The sample portal as its readers meet it in a browser.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { bilingual, launch, plain, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const lost = ['/lost/', '/en/lost/'];
let portal;
let browser;
before(async () => { portal = await startPortal(); browser = await launch(); });
after(async () => { await browser?.close(); portal?.stop(); });

// What a page must never do, noted into `problems` while it is read.
function watch(page, problems) {
  const note = (what) => problems.push(`${new URL(page.url()).pathname}: ${what}`);
  page.on('request', (request) => { if (!/^(data:|about:)/.test(request.url()) && new URL(request.url()).origin !== portal.url) note(`request to ${request.url()}`); });
  page.on('response', (response) => { if (response.status() >= 400 && response.request().resourceType() !== 'document') note(`${response.status()} for ${response.url()}`); });
  page.on('pageerror', (error) => note(error.message));
  page.on('console', (message) => {
    // Chromium notes the status of a missing page as an error of its own.
    if (message.type() === 'error' && !/the server responded with a status of 404/.test(message.text())) note(message.text());
  });
}

// Every page is looked at in light and in the dark at 1280 px, see every-page.test.mjs.
test('axe finds no violation and nothing overflows on a phone, in both languages', { timeout: 180_000 }, async () => {
  const addresses = [...bilingual(portal), ...lost];
  assert.equal(new Set(addresses).size, 38);
  const problems = [];
  await Promise.all([0, 1].map(async (half) => {
    // Axe is a script of ours: only here the policy is off.
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 360, height: 740 } });
    await context.addInitScript(axe);
    const page = await context.newPage();
    for (const address of addresses.filter((_, at) => at % 2 === half)) {
      const response = await page.goto(portal.url + address);
      assert.equal(response.status(), lost.includes(address) ? 404 : 200, address);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (overflow > 0) problems.push(`${address}: ${overflow}px too wide`);
      const { violations, passes } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'], preload: false }));
      if (passes.length < 10) problems.push(`${address}: axe checked nearly nothing`);
      for (const violation of violations) problems.push(`${address}: ${violation.id} ${violation.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
    }
    await context.close();
  }));
  assert.deepEqual(problems, []);
});

test('a strict content security policy holds, no other host is asked, and without JavaScript the same text, charts, tables and cards are there', { timeout: 120_000 }, async () => {
  const problems = [];
  const window = async (javaScriptEnabled) => {
    const page = await browser.newPage({ javaScriptEnabled });
    watch(page, problems);
    return page;
  };
  const [withScripts, without] = await Promise.all([window(true), window(false)]);
  const read = async (page, address) => {
    await page.goto(portal.url + address);
    const count = (selector) => page.locator(selector).count();
    // What only a script can do is offered by one.
    if (page === withScripts) await page.evaluate(() => { for (const control of document.querySelectorAll('.by-script, .by-share, #ind-filters')) control.remove(); });
    return {
      text: plain(await page.locator('body').innerText()),
      charts: await count('figure svg:visible'), rows: await count('table tbody tr:visible'), cards: await count('.card:visible'),
    };
  };
  for (const address of [...bilingual(portal), ...lost]) {
    const [on, off] = await Promise.all([read(withScripts, address), read(without, address)]);
    assert.deepEqual(off, on, address);
    assert.ok(off.text.length > 100, `${address}: ${off.text}`);
    if (/\/indicators\/.+/.test(address)) assert.ok(off.charts >= 1 && off.rows >= 1, `${address}: ${off.charts} charts, ${off.rows} rows`);
    if (/hue-/.test(address)) assert.deepEqual([off.charts >= 1, off.cards], [true, 17], address);
  }
  await Promise.all([withScripts.close(), without.close()]);
  assert.deepEqual(problems, []);
});

test('the browser blocks and this test notes what the policy forbids', async () => {
  const problems = [];
  const page = await browser.newPage();
  watch(page, problems);
  await page.goto(`${portal.url}/en/about/`);
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.leaked = 1' }));
    document.body.append(Object.assign(document.createElement('img'), { src: 'http://127.0.0.2:9/x.png' }));
  });
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => window.leaked), undefined);
  assert.ok(problems.length >= 2, problems.join('\n'));
  await page.close();
});

test("every chart.svg opens by itself, drawn, named and described in its page's language", async () => {
  const page = await browser.newPage();
  await page.goto(`${portal.url}/`);
  const charts = readdirSync(portal.folder, { recursive: true }).filter((name) => name.endsWith('chart.svg')).sort();
  const folders = readdirSync(portal.folder, { recursive: true }).filter((name) => /(^|\/)indicators\/[^/.]+$/.test(name)).sort();
  assert.deepEqual(charts, folders.map((name) => `${name}/chart.svg`).sort());
  const problems = await page.evaluate(async (charts) => {
    const found = [];
    for (const chart of charts) {
      const svg = new DOMParser().parseFromString(await (await fetch(`/${chart}`)).text(), 'image/svg+xml').documentElement;
      const image = Object.assign(new Image(), { src: `/${chart}` });
      await image.decode().catch(() => found.push(`${chart}: not an image`));
      if (!(image.naturalWidth >= 100 && image.naturalHeight >= 50)) found.push(`${chart}: ${image.naturalWidth}×${image.naturalHeight}`);
      const page = new DOMParser().parseFromString(await (await fetch(`/${chart.replace(/chart\.svg$/, '')}`)).text(), 'text/html');
      const name = page.querySelector('h1').textContent.trim();
      if (!svg.querySelector('title')?.textContent.includes(name)) found.push(`${chart}: title ${svg.querySelector('title')?.textContent}`);
      if (!/\d/.test(svg.querySelector('desc')?.textContent ?? '')) found.push(`${chart}: no description`);
      if (svg.getAttribute('role') !== 'img') found.push(`${chart}: role`);
      if ([...svg.querySelectorAll('text')].length === 0) found.push(`${chart}: no text`);
    }
    return found;
  }, charts);
  assert.deepEqual(problems, []);
  await page.close();
});
