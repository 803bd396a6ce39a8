// Editing under `tinso serve`: the open page follows.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, plain } from './portal.mjs';
import { portal, served as servedSite } from './served.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

// A portal made by `tinso init`, changed by `prepare`, under `tinso serve` while `body` runs.
const news = (tools) => ({ ...tools, edit: (name, from, to) => tools.edit(`content/news/${name}`, from, to) });
const served = (prepare, body) => servedSite(browser, (tools) => { portal(tools); prepare(news(tools).edit); }, (tools) => body(news(tools)));

const title = 'June 2011: mobile lines are counted anew';
const overlay = (page) => page.locator('tinso-errors .problem');

test('an edit shows in the open page without a manual reload, a broken file shows its place over the last good page, mending it recovers', { timeout: 90_000 }, () => served(() => {}, async ({ page, url, edit, heading }) => {
  const english = 'mobile-june-2011.en.md';
  await page.goto(`${url}/en/news/mobile-june-2011/`);
  await heading(title).waitFor();
  assert.equal(await overlay(page).count(), 0);

  edit(english, title, 'Edited headline');
  await heading('Edited headline').waitFor();

  edit(english, 'title = "Edited', 'title = Edited');
  await overlay(page).filter({ hasText: /content\/news\/mobile-june-2011\.en\.md:2:\d+/ }).waitFor();
  assert.ok(await heading('Edited headline').isVisible(), 'the last good page is still there');

  edit(english, 'title = Edited headline', 'title = "Mended headline');
  await heading('Mended headline').waitFor();
  assert.equal(await overlay(page).count(), 0);
}));

test('a number edited in the Vietnamese file changes the open English article and the open page of the indicator', { timeout: 90_000 }, () => served(() => {}, async ({ page, url, edit }) => {
  await page.goto(`${url}/en/news/mobile-june-2011/`);
  assert.match(plain(await page.locator('data.metric').innerText()), /112\.6 million/);
  const indicator = await page.context().newPage();
  await indicator.goto(`${url}/en/indicators/mobile-subscribers/`);
  assert.equal(await indicator.locator('.cell-number', { hasText: '113.7' }).count(), 0);
  await page.bringToFront();
  edit('mobile-june-2011.md', 'value = 112.6', 'value = 113.7');
  await page.locator('data.metric', { hasText: '113.7' }).waitFor();
  await indicator.bringToFront();
  await indicator.locator('.cell-number', { hasText: '113.7' }).waitFor();
}));

test('a site that is broken from the start is served with its errors, and appears once it is mended', { timeout: 90_000 }, () => served(
  (edit) => edit('mobile-june-2011.en.md', `title = "${title}"`, `title = ${title}`),
  async ({ page, url, edit, heading }) => {
    await page.goto(`${url}/en/news/mobile-june-2011/`);
    await page.getByText(/mobile-june-2011\.en\.md:2:\d+/).first().waitFor();
    edit('mobile-june-2011.en.md', `title = ${title}`, `title = "${title}"`);
    await heading(title).waitFor();
    assert.equal(await overlay(page).count(), 0);
  },
));
