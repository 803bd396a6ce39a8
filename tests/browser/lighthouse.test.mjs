// Lighthouse reads three pages as on a phone. What it says by the clock of this machine is left out: a busy machine is no slow
// page. What makes pages slow is counted instead: bytes, requests, what blocks, what moves.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { launch as launchChrome } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { elements, pageFile, startPortal, twin } from './portal.mjs';

let portal;
let chrome;
before(async () => {
  portal = await startPortal();
  chrome = await launchChrome({ chromePath: '/usr/bin/chromium', chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run'] });
});
after(async () => { await chrome?.kill(); portal?.stop(); });

const counted = ['total-byte-weight', 'network-requests', 'dom-size', 'unsized-images', 'cumulative-layout-shift', 'font-display', 'uses-text-compression',
  'unminified-css', 'duplicated-javascript', 'legacy-javascript', 'no-document-write', 'third-party-summary', 'redirects'];

const pages = [
  ['the home page', () => '/', 120],
  ['an article', () => twin(portal, '/en/news/hue-2017-programme/'), 120],
  ['an indicator', () => '/en/indicators/mobile-subscribers/', 120],
];
for (const [name, address, kilobytes] of pages) {
  test(`Lighthouse gives ${name} at least 98 for accessibility, best practices and search, and it is light`, { timeout: 180_000 }, async () => {
    const { lhr } = await lighthouse(portal.url + address(), {
      port: chrome.port, logLevel: 'error', output: 'json', formFactor: 'mobile', throttlingMethod: 'provided',
      onlyCategories: ['accessibility', 'best-practices', 'seo'], onlyAudits: counted,
    });
    assert.equal(lhr.runtimeError, undefined);
    for (const id of ['accessibility', 'best-practices', 'seo']) {
      const { score, auditRefs } = lhr.categories[id];
      const lost = auditRefs.filter((ref) => ref.weight > 0 && (lhr.audits[ref.id].score ?? 1) < 1).map((ref) => ref.id);
      assert.ok(score >= 0.98, `${id} ${score}: ${lost}`);
    }
    const audit = (id) => lhr.audits[id];
    assert.deepEqual(counted.filter((id) => !audit(id) || audit(id).scoreDisplayMode === 'error'), []);
    const requests = audit('network-requests').details.items.filter(({ url }) => !url.startsWith('data:'));
    assert.deepEqual(requests.filter(({ url }) => new URL(url).origin !== portal.url).map(({ url }) => url), [], 'no other host');
    assert.deepEqual(requests.filter(({ statusCode }) => statusCode !== 200).map(({ url }) => url), []);
    // The page, a style sheet, a script or two, four typefaces, an icon.
    assert.ok(requests.length >= 4 && requests.length <= 10, `${requests.length} requests`);
    assert.ok(requests.filter(({ resourceType }) => resourceType === 'Font').length >= 2, 'with its typefaces');
    const bytes = audit('total-byte-weight').numericValue;
    assert.ok(bytes > 20_000 && bytes < kilobytes * 1024, `${bytes} bytes`);
    assert.equal(audit('cumulative-layout-shift').numericValue, 0);
    // Lighthouse tells what blocks by the clock; a style sheet and the script of the text size are all that may.
    const blocking = elements(readFileSync(pageFile(portal.folder, address()), 'utf8')).filter(({ name, attributes: { rel, src, type, defer, async } }) => (name === 'link' && rel === 'stylesheet')
      || (name === 'script' && src && type !== 'module' && defer === undefined && async === undefined));
    assert.equal(blocking.length, 2, JSON.stringify(blocking));
    assert.ok(audit('dom-size').numericValue < 1500, `${audit('dom-size').numericValue} elements`);
    // Neither blocked by the policy nor failed by itself.
    assert.deepEqual(audit('errors-in-console').details?.items ?? [], []);
    assert.deepEqual(audit('inspector-issues').details?.items ?? [], []);
    for (const id of ['unsized-images', 'font-display', 'uses-text-compression', 'unminified-css', 'duplicated-javascript', 'legacy-javascript', 'no-document-write', 'redirects']) {
      assert.ok(audit(id).score === null || audit(id).score >= 0.9, `${id}: ${JSON.stringify(audit(id).details?.items)}`);
    }
  });
}
