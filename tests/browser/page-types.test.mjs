// What every page of the sample portal says of itself in JSON-LD: its kind in the words of schema.org, the way to it, what it lists.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { elements, htmlFiles, plain, startPortal, unescape } from './portal.mjs';
import { blocks, problems } from './schema.mjs';

let portal;
const pages = new Map(); // by file: the page's text and its nodes
before(async () => {
  portal = await startPortal();
  for (const file of htmlFiles(portal.folder)) {
    const html = readFileSync(join(portal.folder, file), 'utf8');
    if (/http-equiv="?refresh/.test(html) || /(^|\/)404\.html$/.test(file) || /\/embed(-\w+)?\//.test(file)) continue;
    const nodes = blocks(html).map((json) => JSON.parse(json)).flatMap((block) => {
      assert.equal(block['@context'], 'https://schema.org', file);
      return block['@graph'] ?? [block];
    });
    pages.set(file, { html, nodes, url: `${portal.url}/${file.replace(/index\.html$/, '')}` });
  }
});
after(() => portal?.stop());

const of = (nodes, type) => nodes.filter((node) => node['@type'] === type);
// What a page is, by its address without the language and the number of its part.
const kinds = [
  [/^$/, 'WebSite'], [/^indicators\/[^/]+\/$/, 'Dataset'], [/^(search|tim-kiem)\/$/, 'SearchResultsPage'], [/^(authors|agencies)\/[^/]+\/$/, 'ProfilePage'],
  [/^(news|indicators|topics|authors|agencies|archive)\/$/, 'CollectionPage'], [/^(topics|archive)\/.+/, 'CollectionPage'], [/^news\/[^/]+\/$/, 'NewsArticle'],
  [/^(about|contact|accessibility)\/$/, 'WebPage'],
];
const kindOf = (file) => kinds.find(([pattern]) => pattern.test(file.replace(/^en\//, '').replace(/(^|\/)page\/\d+\/index\.html$/, '$1').replace(/index\.html$/, '')))?.[1];

test('every page says once what it is, and a list also of what', () => {
  assert.ok(pages.size > 250, `${pages.size} pages`);
  const seen = new Set();
  for (const [file, { nodes, url, html }] of pages) {
    const kind = kindOf(file);
    assert.ok(kind, `${file} is of no kind`);
    seen.add(kind);
    assert.deepEqual(nodes.map((node) => node['@type']).filter((type) => !['BreadcrumbList', 'ItemList'].includes(type)), [kind], file);
    const [page] = of(nodes, kind);
    assert.equal(page.url, url, file);
    assert.equal(page.inLanguage, file.startsWith('en/') ? 'en' : 'vi', file);
    if (/Page$/.test(kind)) assert.equal(page.name, plain(unescape(html.match(/<h1[^>]*>(.*?)<\/h1>/s)[1])), file);
    if (kind === 'ProfilePage') assert.equal(page.mainEntity['@type'], file.includes('authors/') ? 'Person' : 'Organization');
    if (kind === 'CollectionPage' || kind === 'ProfilePage') {
      const [list, ...others] = of(nodes, 'ItemList');
      assert.deepEqual(others, []);
      if (kind === 'CollectionPage') assert.equal(page.mainEntity['@id'], list['@id'], file);
      assert.equal(list.numberOfItems, list.itemListElement.length);
      assert.deepEqual(list.itemListElement.map(({ position }) => position), list.itemListElement.map((_, at) => at + 1));
      // What is listed is linked, too.
      const links = new Set(elements(html).filter(({ name }) => name === 'a').map(({ attributes }) => attributes.href));
      assert.deepEqual(list.itemListElement.filter((item) => !links.has(item.url) || !item.name), [], file);
    }
  }
  assert.deepEqual([...seen].sort(), [...new Set(kinds.map(([, kind]) => kind))].sort());
});

test('every page but the home page has the way to it, as its breadcrumb shows it', () => {
  for (const [file, { html, nodes, url }] of pages) {
    const ways = of(nodes, 'BreadcrumbList');
    if (kindOf(file) === 'WebSite') { assert.deepEqual(ways, [], file); continue; }
    assert.equal(ways.length, 1, file);
    const told = ways[0].itemListElement;
    assert.deepEqual(told.map(({ position }) => position), told.map((_, at) => at + 1), file);
    const crumbs = html.match(/<nav class="?crumbs.*?<\/nav>/s)[0];
    const shown = [...crumbs.matchAll(/<a href="?([^"> ]+)"?[^>]*>(.*?)<\/a>/g)].map(([, href, name]) => [unescape(href), unescape(name)]);
    const here = unescape(crumbs.match(/aria-current="?page"?[^>]*>(.*?)</)[1]);
    const way = told.map(({ item, name }) => [item, name]);
    assert.deepEqual(way, kindOf(file) === 'NewsArticle' ? shown : [...shown, [url, here]], file);
  }
});

test('schema.org knows every word that pages say of themselves', { timeout: 300_000 }, () => {
  const all = [...pages].flatMap(([file, { nodes }]) => nodes.map((node) => [file, node]));
  const typed = ([, { '@context': _, ...node }]) => [node['@type'], node];
  // The compiler refuses what is of no type, a property that there is none of, and a value of another type.
  const wrong = [['Dataset', { '@type': 'Datasett' }], ['Dataset', { distributions: [] }], ['Dataset', { variableMeasured: { '@type': 'Place' } }],
    ['CollectionPage', { mainEntety: {} }], ['ProfilePage', { mainEntity: { '@type': 'Persona' } }], ['NewsArticle', { isAccessibleForFree: 'perhaps' }],
    ['BreadcrumbList', { itemListElement: [{ '@type': 'ListItem', position: 1, nam: 'x' }] }], ['ItemList', { itemListElement: [{ '@type': 'Book', pages: 1 }] }]]
    .map(([type, change]) => [type, { ...typed(all.find(([, node]) => node['@type'] === type))[1], ...change }]);
  const found = problems([...all.map(typed), ...wrong]);
  const right = found.slice(0, all.length);
  assert.deepEqual(right.flatMap((problems, at) => problems.map((problem) => `${all[at][0]}: ${problem}`)).slice(0, 10), []);
  assert.deepEqual(found.slice(all.length).map((problems) => problems.length > 0), wrong.map(() => true));
});
