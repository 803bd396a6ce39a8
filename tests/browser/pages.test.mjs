// Every file of the built sample portal: heads, languages, links, and what the Nu HTML checker says.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import vnu from 'vnu-jar';
import { elements, htmlFiles, startPortal, unescape } from './portal.mjs';

let portal;
const pages = new Map(); // full pages by address
const frames = new Map(); // pages for frames on the pages of others, by address
const redirects = new Map();
before(async () => {
  portal = await startPortal();
  for (const file of htmlFiles(portal.folder)) {
    const tags = elements(readFileSync(join(portal.folder, file), 'utf8'));
    const url = `${portal.url}/${file.replace(/(^|\/)index\.html$/, '$1')}`;
    const refresh = tags.find(({ attributes }) => attributes['http-equiv'] === 'refresh');
    if (refresh) redirects.set(url, refresh.attributes.content.replace(/^\d+;\s*url=/, ''));
    else if (/\/embed(-\w+)?\/$/.test(url)) frames.set(url, tags);
    else pages.set(url, tags);
  }
  assert.ok(pages.size > 150, `${pages.size} pages`);
});
after(() => portal?.stop());

const languageOf = (url) => (url.startsWith(`${portal.url}/en/`) ? 'en' : 'vi');
const isMissingPage = (url) => url.endsWith('/404.html');
const values = (tags, name, attribute) => tags.filter((tag) => tag.name === name && attribute in tag.attributes).map((tag) => tag.attributes[attribute]);
const alternates = (tags) => Object.fromEntries(tags.filter(({ name, attributes }) => name === 'link' && attributes.hreflang && attributes.rel === 'alternate' && !attributes.type)
  .map(({ attributes }) => [attributes.hreflang, attributes.href]));

// Collects every page's problems, so that one run shows them all.
function everyPage(check) {
  const problems = [];
  for (const [url, tags] of pages) check(url, tags, (what) => problems.push(`${url.replace(portal.url, '')}: ${what}`));
  assert.deepEqual(problems.slice(0, 20), [], `${problems.length} problems`);
}

test('every page has its language, one headline, a title, its own canonical address, and no inline script or style', () => {
  everyPage((url, tags, bad) => {
    if (values(tags, 'html', 'lang').join() !== languageOf(url)) bad(`html lang ${values(tags, 'html', 'lang')}`);
    const count = (name) => tags.filter((tag) => tag.name === name).length;
    if (count('h1') !== 1) bad(`${count('h1')} h1`);
    if (count('title') < 1) bad('no title');
    const canonical = tags.filter(({ name, attributes }) => name === 'link' && attributes.rel === 'canonical').map(({ attributes }) => attributes.href);
    if (!isMissingPage(url) && canonical.join() !== url) bad(`canonical ${canonical}`);
    for (const { name, attributes } of tags) {
      if (name === 'style' || (name === 'script' && !('src' in attributes) && !/json/.test(attributes.type ?? ''))) bad(`inline ${name}`);
      for (const attribute of Object.keys(attributes)) if (attribute === 'style' || /^on\w/.test(attribute)) bad(`${attribute} on ${name}`);
    }
  });
});

test('every page for frames is hidden from searches, names the page that it is of, and has no inline script or style', () => {
  assert.ok(frames.size > 150, `${frames.size} frames`);
  const problems = [];
  for (const [url, tags] of frames) {
    const of = (name, attribute, wanted) => tags.filter((tag) => tag.name === name && tag.attributes[attribute] === wanted).map(({ attributes }) => attributes.content ?? attributes.href);
    const canonical = url.replace(/embed(-\w+)?\/$/, '');
    const inline = tags.filter(({ name, attributes }) => ['script', 'style'].includes(name) || Object.keys(attributes).some((attribute) => attribute === 'style' || /^on\w/.test(attribute)));
    if (of('meta', 'name', 'robots').join() !== 'noindex' || of('link', 'rel', 'canonical').join() !== canonical || !pages.has(canonical) || inline.length) problems.push(url);
    if (values(tags, 'html', 'lang').join() !== languageOf(url) || values(tags, 'base', 'target').join() !== '_blank' || !values(tags, 'a', 'href').includes(canonical)) problems.push(url);
  }
  assert.deepEqual(problems, []);
});

test('every page names its twin in the head and in a visible link, and the twin names it back', () => {
  everyPage((url, tags, bad) => {
    if (isMissingPage(url)) return;
    const links = alternates(tags);
    if (Object.keys(links).sort().join() !== 'en,vi,x-default') return bad(`hreflang ${Object.keys(links)}`);
    if (links[languageOf(url)] !== url) bad(`hreflang of itself ${links[languageOf(url)]}`);
    if (links['x-default'] !== links.vi) bad(`x-default ${links['x-default']}`);
    const other = links[languageOf(url) === 'vi' ? 'en' : 'vi'];
    if (!pages.has(other) || languageOf(other) === languageOf(url)) return bad(`hreflang to nowhere: ${other}`);
    if (JSON.stringify(Object.entries(alternates(pages.get(other))).sort()) !== JSON.stringify(Object.entries(links).sort())) bad(`hreflang not returned by ${other}`);
    if (!tags.some(({ name, attributes }) => name === 'a' && attributes.href === other && attributes.hreflang === languageOf(other))) bad(`no link to ${other}`);
  });
});

// What an address of the portal leads to: undefined when it is another's, null when nothing is there.
function resolve(href, from) {
  const target = new URL(href, from);
  if (target.origin !== portal.url) return undefined;
  const address = target.origin + target.pathname;
  if (redirects.has(address)) return resolve(redirects.get(address), address);
  if (frames.has(address)) return address;
  if (pages.has(address)) {
    const anchor = decodeURIComponent(target.hash.slice(1));
    return !anchor || pages.get(address).some(({ attributes }) => attributes.id === anchor) ? address : null;
  }
  try { return statSync(join(portal.folder, decodeURIComponent(target.pathname))).isFile() ? address : null; } catch { return null; }
}

test('no link, anchor or asset is dead on any page, in the style sheet, the feeds, the sitemap or a redirect', () => {
  const addresses = (tags) => tags.flatMap(({ attributes }) => [attributes.href, attributes.src, attributes.action, attributes.poster,
    ...(attributes.srcset ?? '').split(',').map((candidate) => candidate.trim().split(/\s/)[0])]).filter(Boolean);
  let followed = 0;
  const dead = [];
  const follow = (href, from) => { followed += 1; if (resolve(href, from) === null) dead.push(`${from.replace(portal.url, '')}: ${href}`); };
  for (const [url, tags] of pages) for (const href of addresses(tags)) follow(href, url);
  for (const [url, href] of redirects) follow(href, url);
  for (const file of readdirSync(portal.folder, { recursive: true })) {
    const url = `${portal.url}/${file}`;
    const text = /\.(css|xml|txt)$/.test(file) && readFileSync(join(portal.folder, file), 'utf8');
    if (!text) continue;
    if (file.endsWith('.css')) for (const [, href] of text.matchAll(/url\(["']?([^"')]+)/g)) { if (!href.startsWith('data:')) follow(href, url); }
    if (file.endsWith('.xml')) {
      for (const href of addresses(elements(text))) follow(href, url);
      for (const [, href] of text.matchAll(/<(?:loc|id|uri)>([^<]+)</g)) follow(unescape(href), url);
      for (const [, html] of text.matchAll(/<content[^>]*>([^<]*)<\/content>/gs)) for (const href of addresses(elements(unescape(html)))) follow(href, url);
    }
    if (file === 'robots.txt') for (const [, href] of text.matchAll(/Sitemap:\s*(\S+)/g)) follow(href, url);
  }
  assert.ok(followed > 5000, `${followed} links`);
  assert.deepEqual(dead.slice(0, 20), [], `${dead.length} dead links`);
});

test('every page can be reached from the home page, and the sitemap lists them all with their twins', () => {
  const reached = new Set([`${portal.url}/`]);
  for (const url of reached) for (const href of values(pages.get(url), 'a', 'href')) { const to = resolve(href, url); if (pages.has(to)) reached.add(to); }
  const all = [...pages.keys()].filter((url) => !isMissingPage(url)).sort();
  assert.deepEqual(all.filter((url) => !reached.has(url)), [], 'pages that nothing links to');
  const sitemap = readFileSync(join(portal.folder, 'sitemap.xml'), 'utf8');
  const listed = new Map([...sitemap.matchAll(/<url>\s*<loc>([^<]+)<\/loc>(.*?)<\/url>/gs)].map(([, loc, rest]) => [loc, rest]));
  assert.deepEqual([...listed.keys()].sort(), all);
  for (const [loc, rest] of listed) {
    const links = Object.fromEntries([...rest.matchAll(/hreflang="([^"]+)" href="([^"]+)"/g)].map(([, lang, href]) => [lang, href]));
    assert.deepEqual(links, alternates(pages.get(loc)), loc);
  }
});

test('the Nu HTML checker reads every page and finds neither an error nor a warning', { timeout: 180_000 }, () => {
  const { error, status, stdout, stderr } = spawnSync('java', ['-Xss4m', '-jar', String(vnu), '--Werror', '--skip-non-html', '--verbose', portal.folder],
    { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(error, undefined);
  const lines = `${stdout}\n${stderr}`.split('\n').filter(Boolean);
  const errors = lines.filter((line) => /: (error|fatal|info|warning)/.test(line) && !line.includes('File was not checked.')).map((line) => line.replaceAll(portal.folder, ''));
  assert.deepEqual(errors.slice(0, 20), [], `${errors.length} errors`);
  assert.equal(status, 0, lines.slice(-5).join('\n'));
  assert.equal(new Set(lines.filter((line) => /^\/.*\.html$/.test(line))).size, htmlFiles(portal.folder).length);
});
