// What a reader can set and ask for on the pages of the sample portal.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, startPortal } from './portal.mjs';

let portal;
let browser;
before(async () => { portal = await startPortal(); browser = await launch(); });
after(async () => { await browser?.close(); portal?.stop(); });

async function open(address, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(portal.url + address);
  return page;
}

test('the size of text that a reader chooses, by keys too, holds on the next page and nothing moves when it is painted', async () => {
  const page = await open('/en/');
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('main')).fontSize));
  const normal = await size();
  await page.getByRole('button', { name: 'Large text', exact: true }).focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.getByRole('button', { name: 'Large text', exact: true }).getAttribute('aria-pressed'), 'true');
  const large = await size();
  assert.ok(large > normal * 1.1, `${normal} ${large}`);
  await page.addInitScript(() => {
    window.shifts = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts += entry.value; }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`${portal.url}/en/news/hue-2017-programme/`, { waitUntil: 'networkidle' });
  assert.equal(await size(), large);
  const shifts = await page.evaluate(() => window.shifts);
  assert.ok(shifts < 0.05, `${shifts}`);
  await page.getByRole('button', { name: 'Normal text' }).click();
  await page.reload();
  assert.equal(await size(), normal);
  await page.context().close();
});

test('at 200 % and with the largest text nothing is wider than the window', async () => {
  // 200 % of a window of 1280 pixels is one of 640.
  for (const [width, address] of [[640, '/en/'], [640, '/indicators/mobile-subscribers/'], [640, '/en/archive/'], [360, '/indicators/'], [360, '/news/hue-trien-khai-nhiem-vu-2017/'], [320, '/en/contact/']]) {
    const page = await open(address, { viewport: { width, height: 900 } });
    await page.locator('[data-size=largest]').click();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${address} at ${width}: ${over}px too wide`);
    await page.context().close();
  }
});

test('the index of indicators is narrowed and put in order while the reader looks, and says how many are shown', async () => {
  const page = await open('/indicators/');
  const shown = () => page.locator('#ind-list > li:not([hidden]) h2').allTextContents();
  const all = await shown();
  assert.ok(all.length >= 30);
  await page.getByLabel('Tên chỉ số').fill('bao di dong');
  assert.deepEqual(await shown(), ['Thuê bao di động']);
  assert.match(await page.locator('#ind-status').textContent(), /^Hiện 1 trong \d+ chỉ số$/);
  await page.getByLabel('Tên chỉ số').fill('xyzzy');
  assert.equal(await page.locator('#ind-status').textContent(), 'Không có chỉ số nào khớp');
  await page.getByLabel('Tên chỉ số').fill('');
  await page.getByLabel('Chủ đề').selectOption('Điện thoại thông minh');
  const some = await shown();
  assert.ok(some.length > 1 && some.length < all.length, `${some}`);
  await page.getByLabel('Chủ đề').selectOption('');
  await page.getByLabel('Sắp xếp').selectOption('newest');
  assert.equal((await shown())[0], 'Tỷ trọng kinh tế số trong GDP');
  await page.getByLabel('Sắp xếp').selectOption('name');
  assert.deepEqual(await shown(), all);
  await page.context().close();
});

test('an article can be printed, kept, passed on and written about without asking another host', async () => {
  const page = await open('/en/news/hue-2017-programme/');
  await page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await page.getByRole('button', { name: 'Print this article' }).click();
  assert.equal(await page.evaluate(() => window.printed), true);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Save this article' }).click()]);
  assert.match(download.suggestedFilename(), /\.html$/);
  for (const [name, begins] of [['Send by e-mail', 'mailto:?subject='], ['Write to us about this article', 'mailto:toasoan@tinso.example?subject='], ['Facebook', 'https://www.facebook.com/sharer/sharer.php?u=http']]) {
    assert.ok((await page.getByRole('link', { name }).getAttribute('href')).startsWith(begins), name);
  }
  assert.ok((await page.locator('.related-title').count()) >= 2);
  await page.context().close();
});
