// The sample portal as its readers meet it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import vnu from 'vnu-jar';
import { htmlFiles, launch, plain, startPortal } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let portal;
let browser;
before(async () => { portal = await startPortal(); browser = await launch(); });
after(async () => { await browser?.close(); portal?.stop(); });

const english = [
  '/en/', '/en/news/', '/en/news/page/2/', '/en/news/hue-2017-programme/', '/en/indicators/', '/en/indicators/telephone-density/',
  '/en/indicators/mobile-subscribers/', '/en/indicators/online-procedures-share/', '/en/topics/', '/en/topics/telecommunications/', '/en/about/',
];

async function twin(address) {
  const html = await (await fetch(portal.url + address)).text();
  return new URL(html.match(/hreflang="?vi"?[^>]*href="?([^" >]+)/)[1]).pathname;
}

test('axe finds nothing in either language, narrow or wide, light or dark, and nothing overflows or leaves the site', async () => {
  const addresses = [...english, ...(await Promise.all(english.map(twin))), '/lost/', '/en/lost/'];
  assert.equal(new Set(addresses).size, addresses.length);
  const problems = [];
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      page.on('request', (request) => { if (!request.url().startsWith(portal.url) && !request.url().startsWith('data:')) problems.push(`request to ${request.url()}`); });
      for (const address of addresses) {
        await page.goto(portal.url + address);
        const where = `${address} ${width} ${colorScheme}`;
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (overflow > 0) problems.push(`${where}: ${overflow}px too wide`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run());
        for (const violation of violations) problems.push(`${where}: ${violation.id} ${violation.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
      }
      await context.close();
    }
  }
  assert.deepEqual(problems, []);
});

test('a strict content security policy holds, and without JavaScript nothing is missing', async () => {
  const problems = [];
  for (const address of english) {
    const texts = [];
    for (const javaScriptEnabled of [true, false]) {
      const context = await browser.newContext({ javaScriptEnabled });
      const page = await context.newPage();
      page.on('console', (message) => { if (message.type() === 'error') problems.push(`${address}: ${message.text()}`); });
      await page.goto(portal.url + address);
      texts.push(plain(await page.locator('body').innerText()));
      if (address.includes('/indicators/m')) assert.equal(await page.locator('figure svg:visible').count(), 1);
      await context.close();
    }
    assert.equal(texts[1], texts[0], address);
    assert.ok(texts[0].length > 100, address);
  }
  assert.deepEqual(problems, []);
});

test('the Nu HTML checker finds no error on any page', () => {
  try {
    execFileSync('java', ['-jar', vnu, '--errors-only', '--skip-non-html', portal.folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 });
  } catch (error) {
    const lines = error.stderr.split('\n').filter(Boolean);
    assert.fail(`${lines.length} errors, first ones:\n${lines.slice(0, 12).join('\n')}`);
  }
});

test('every page has its language, one headline, its canonical address, reciprocal language links, and no dead link', () => {
  const pages = new Map();
  for (const file of htmlFiles(portal.folder)) {
    const html = readFileSync(join(portal.folder, file), 'utf8');
    if (/http-equiv="?refresh/.test(html)) continue;
    pages.set(`${portal.url}/${file.replace(/index\.html$/, '')}`, html);
  }
  assert.ok(pages.size > 150, `${pages.size} pages`);
  const problems = [];
  const alternates = (html) => [...html.matchAll(/<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"/g)].map(([, lang, href]) => ({ lang, href }));
  for (const [url, html] of pages) {
    const bad = (what) => problems.push(`${url}: ${what}`);
    const lang = url.startsWith(`${portal.url}/en/`) ? 'en' : 'vi';
    if (!html.includes(`<html lang="${lang}"`)) bad('html lang');
    if ((html.match(/<h1[\s>]/g) ?? []).length !== 1) bad('not one h1');
    if (/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=/.test(html)) bad('inline script or style');
    if (url.endsWith('404.html')) continue;
    if (!html.includes(`<link rel="canonical" href="${url}"`)) bad('canonical');
    const links = alternates(html);
    if (links.length !== 3 || !links.some(({ lang }) => lang === 'x-default')) bad(`hreflang ${JSON.stringify(links)}`);
    for (const { href } of links) {
      if (!pages.has(href)) bad(`hreflang to nowhere: ${href}`);
      else if (!alternates(pages.get(href)).some((back) => back.href === url)) bad(`hreflang not returned by ${href}`);
    }
    for (const [, href] of html.matchAll(/(?:href|src)="([^"]+)"/g)) {
      const target = new URL(href, url);
      if (target.origin !== portal.url) continue;
      const address = target.origin + target.pathname;
      const anchor = decodeURIComponent(target.hash.slice(1));
      if (pages.has(address)) { if (anchor && !pages.get(address).includes(`id="${anchor}"`)) bad(`no ${anchor} in ${address}`); continue; }
      try { readFileSync(join(portal.folder, decodeURIComponent(target.pathname))); } catch { bad(`dead link ${href}`); }
    }
  }
  assert.deepEqual(problems.slice(0, 20), []);
});
