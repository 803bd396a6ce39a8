// The datasets in the indicators' pages (page-types.test.mjs holds them to schema.org), and what pages offer to others: oEmbed,
// feeds, pages for frames.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { elements, htmlFiles, launch, startPortal } from './portal.mjs';
import { blocks } from './schema.mjs';

let portal;
let browser;
before(async () => { portal = await startPortal(); browser = await launch(); });
after(async () => { await browser?.close(); portal?.stop(); });

const read = (file) => readFileSync(join(portal.folder, file), 'utf8');
const indicators = () => htmlFiles(portal.folder).filter((file) => /^(en\/)?indicators\/[^/]+\/index\.html$/.test(file) && !/\/page\//.test(file));

test('every indicator page has one dataset, with what is asked of one and files that are there', () => {
  const pages = indicators();
  assert.ok(pages.length > 60, `${pages.length} pages`);
  const datasets = pages.map((file) => {
    const found = blocks(read(file));
    assert.equal(found.filter((block) => /"Dataset"/.test(block)).length, 1, file);
    return found[0];
  });
  for (const [at, file] of pages.entries()) {
    const dataset = JSON.parse(datasets[at]);
    assert.equal(dataset.url, `${portal.url}/${file.replace(/index\.html$/, '')}`);
    assert.equal(dataset.inLanguage, file.startsWith('en/') ? 'en' : 'vi');
    // What Google asks of a description.
    assert.ok(dataset.description.length >= 50 && dataset.description.length <= 5000, `${file}: ${dataset.description}`);
    for (const { contentUrl } of dataset.distribution) assert.ok(statSync(join(portal.folder, new URL(contentUrl).pathname)).isFile(), contentUrl);
  }
});

test('every indicator page names its oEmbed file, its feed and its card, and they are there', () => {
  for (const file of indicators()) {
    const tags = elements(read(file));
    const link = (type) => tags.find(({ name, attributes }) => name === 'link' && attributes.rel === 'alternate' && attributes.type === type && new RegExp(`/${file.split('/').at(-2)}/`).test(attributes.href))?.attributes.href;
    const oembed = JSON.parse(read(new URL(link('application/json+oembed')).pathname));
    assert.deepEqual([oembed.version, oembed.type, oembed.provider_url], ['1.0', 'rich', `${portal.url}/`], file);
    const source = elements(oembed.html)[0].attributes.src;
    assert.ok(statSync(join(portal.folder, new URL(source).pathname, 'index.html')).isFile());
    assert.match(read(new URL(link('application/atom+xml')).pathname), /<feed xmlns="http:\/\/www.w3.org\/2005\/Atom"/);
    const card = tags.find(({ attributes }) => attributes.property === 'og:image').attributes.content;
    const bytes = readFileSync(join(portal.folder, new URL(card).pathname));
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [1200, 628], card);
    assert.equal(oembed.thumbnail_url, card);
  }
});

test('a page for frames shows the chart and its source in the colours that it is told, whatever the system says', async () => {
  const background = async (scheme, system) => {
    const page = await browser.newPage({ colorScheme: system, viewport: { width: 720, height: 520 } });
    await page.goto(`${portal.url}/en/indicators/mobile-subscribers/${scheme}/`);
    assert.ok(await page.locator('figure.chart').first().isVisible());
    const source = page.locator('.embed-source a');
    assert.equal(await source.getAttribute('href'), `${portal.url}/en/indicators/mobile-subscribers/`);
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.close();
    return colour;
  };
  const [light, dark] = [await background('embed', 'light'), await background('embed', 'dark')];
  assert.notEqual(light, dark);
  assert.deepEqual([await background('embed-light', 'dark'), await background('embed-dark', 'light')], [light, dark]);
});

test('in print there is neither code to embed a chart nor a list of pages to go to, and all else of a page is there', async () => {
  const page = await browser.newPage();
  await page.goto(`${portal.url}/en/indicators/mobile-subscribers/`);
  const shown = () => page.evaluate(() => ['.reuse-embed', '.ind-articles', '.reuse-text', '.chart-wide svg', '.table']
    .map((selector) => document.querySelector(selector).checkVisibility()));
  assert.deepEqual(await shown(), [true, true, true, true, true]);
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await shown(), [false, false, true, true, true]);
  await page.close();
});

test('in print a page is on white, also one that is told to be dark', async () => {
  const page = await browser.newPage({ colorScheme: 'dark' });
  for (const address of ['', 'embed-dark/']) {
    await page.goto(`${portal.url}/en/indicators/mobile-subscribers/${address}`);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--paper').trim().slice(0, 4)), '#fff', address);
  }
  await page.close();
});
