// Editing under `tinso serve`: the open page follows.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, plain, tinso } from './portal.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// A portal made by `tinso init`, changed by `prepare`, under `tinso serve` while `body` runs.
async function served(prepare, body) {
  const folder = mkdtempSync(join(tmpdir(), 'tinso-'));
  const site = join(folder, 'site');
  execFileSync(tinso, ['init', site], { stdio: 'ignore' });
  const file = (name) => join(site, 'content/news', name);
  const edit = (name, from, to) => {
    const text = readFileSync(file(name), 'utf8');
    assert.ok(text.includes(from), `${name} has ${from}`);
    writeFileSync(file(name), text.replace(from, to));
  };
  prepare(edit);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(tinso, ['serve', '--root', site, '--port', String(port)], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  try {
    for (let tries = 0; ; tries += 1) {
      try { await fetch(url); break; } catch (error) { if (tries > 200) throw error; await new Promise((done) => setTimeout(done, 50)); }
    }
    const context = await browser.newContext();
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    await body({ page, url, edit, heading: (name) => page.getByRole('heading', { level: 1, name }) });
    await context.close();
    assert.ok(!existsSync(join(site, 'public')), 'serve writes nothing');
  } finally {
    server.kill();
    await ended;
    rmSync(folder, { recursive: true });
  }
}

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
