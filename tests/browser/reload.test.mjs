// Editing under `tinso serve`: the open page follows.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, tinso } from './portal.mjs';

let site;
let server;
let browser;
let url;
before(async () => {
  site = join(mkdtempSync(join(tmpdir(), 'tinso-')), 'site');
  execFileSync(tinso, ['init', site], { stdio: 'ignore' });
  const port = 20000 + (process.pid % 20000);
  url = `http://127.0.0.1:${port}`;
  server = spawn(tinso, ['--root', site, 'serve', '--port', String(port)], { stdio: 'ignore' });
  for (let tries = 0; ; tries += 1) {
    try { await fetch(url); break; } catch (error) { if (tries > 100) throw error; await new Promise((done) => setTimeout(done, 50)); }
  }
  browser = await launch();
});
after(async () => { await browser?.close(); server?.kill(); rmSync(join(site, '..'), { recursive: true }); });

test('an edit shows without a manual reload, a broken file shows its place over the page, and mending it recovers', async () => {
  const file = join(site, 'content/news/mobile-june-2011.en.md');
  const good = readFileSync(file, 'utf8');
  const page = await browser.newPage();
  await page.goto(`${url}/en/news/mobile-june-2011/`);
  await page.waitForLoadState('networkidle').catch(() => {});

  writeFileSync(file, good.replace('June 2011: mobile lines are counted anew', 'Edited headline'));
  await page.getByRole('heading', { level: 1, name: 'Edited headline' }).waitFor({ timeout: 10_000 });

  writeFileSync(file, good.replace('title = "', 'title = '));
  await page.getByText('mobile-june-2011.en.md').first().waitFor({ timeout: 10_000 });
  const overlay = await page.locator('body').evaluate((body) => [...document.querySelectorAll('*')].map((node) => node.shadowRoot?.textContent ?? '').join(' ') + body.textContent);
  assert.match(overlay, /mobile-june-2011\.en\.md:2:/);
  assert.equal(await page.getByRole('heading', { level: 1, name: 'Edited headline' }).count(), 1, 'the last good page is still there');

  writeFileSync(file, good);
  await page.getByRole('heading', { level: 1, name: 'counted anew' }).waitFor({ timeout: 10_000 });
  assert.equal(await page.getByText('mobile-june-2011.en.md').count(), 0);
  assert.ok(!existsSync(join(site, 'public')), 'serve writes nothing');
});
