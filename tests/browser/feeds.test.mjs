// Feeds and the sitemaps of news, held to what defines them: Atom to the schema of RFC 4287 by Jing (which the Nu HTML checker
// brings along), JSON Feed to its types, sitemaps of news to the rules of the package `sitemap`.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { ErrorLevel, XMLToSitemapItemStream, SitemapStream, streamToPromise } from 'sitemap';
import vnu from 'vnu-jar';
import { root, startPortal, tinso } from './portal.mjs';
import { problems } from './schema.mjs';

// A site with articles that are always new, and with words that XML and JSON must not take for their own.
const files = {
  'config.toml': `base_url = "https://tin.example"
title = "Tin & <b> \\"số\\""
description = "Ngắn & gọn <i>"
default_language = "vi"
generate_feeds = true
feed_filenames = ["atom.xml", "rss.xml", "feed.json"]
taxonomies = [{ name = "topics", feed = true }]
[languages.en]
title = "News ]]>"
generate_feeds = true
feed_filenames = ["atom.xml", "rss.xml", "feed.json"]
[extra.tinso.discovery]
news_sitemap = true
`,
  'templates/index.html': '{{ section.title }}', 'templates/page.html': '{{ page.content | safe }}', 'templates/section.html': 'x', 'templates/404.html': 'x',
  'templates/taxonomy_list.html': 'x', 'templates/taxonomy_single.html': 'x',
  'content/_index.md': '+++\ntitle = "x"\n+++\n', 'content/_index.en.md': '+++\ntitle = "x"\n+++\n',
  'content/a.md': `+++\ntitle = "A & <b> ]]>"\ndate = DATE\nupdated = DATE\ndescription = "\\"x\\" & y"\nauthors = ["A & B", "C"]\n[taxonomies]\ntopics = ["x & <y>"]\n[[extra.corrections]]\ndate = 2020-01-01\ntext = "a < b"\n+++\nText & *more* ]]> \`<code>\`\n`,
  'content/b.md': '+++\ntitle = "B"\ndate = DATE\n+++\nx\n', 'content/b.en.md': '+++\ntitle = "B"\ndate = DATE\n+++\nx\n',
};
let portal;
let own;
before(async () => {
  portal = await startPortal();
  own = mkdtempSync(join(tmpdir(), 'tinso-feeds-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(own, name)), { recursive: true });
    writeFileSync(join(own, name), text.replaceAll('DATE', new Date().toISOString().slice(0, 10)));
  }
  execFileSync(tinso, ['build', '--root', own], { stdio: ['ignore', 'ignore', 'pipe'] });
});
after(() => { portal?.stop(); if (own) rmSync(own, { recursive: true }); });

const folders = () => [portal.folder, join(own, 'public')];
const named = (name) => folders().flatMap((folder) => readdirSync(folder, { recursive: true }).filter((file) => `/${file}`.endsWith(`/${name}`)).sort().map((file) => join(folder, file)));

test('every Atom feed, of articles and of observations, is as RFC 4287 says', () => {
  const jing = (files) => spawnSync('java', ['-cp', String(vnu), 'nu.validator.vendor.thaiopensource.relaxng.util.Driver', '-c', join(root, 'tests/browser/schemas/atom.rnc'), ...files], { encoding: 'utf8', maxBuffer: 1 << 24 });
  const feeds = [...named('atom.xml'), ...named('observations.xml')];
  assert.ok(feeds.length > 70, `${feeds.length} feeds`);
  const { status, stdout, stderr } = jing(feeds);
  assert.deepEqual([stdout.split('\n').slice(0, 10).join('\n'), stderr, status], ['', '', 0]);
  // A feed without an author needs one in every entry.
  for (const file of feeds) {
    const [head, ...entries] = readFileSync(file, 'utf8').split('<entry');
    assert.ok(head.includes('<author>') || entries.every((entry) => entry.includes('<author>')), file);
  }
  const broken = ['<id>x</id>', '<id>x</id><updated>2020</updated>', '<id>x</id><updated>2020-01-01T00:00:00Z</updated><link rel="self"/>'].map((wrong, at) => {
    const file = join(own, `broken${at}.xml`);
    writeFileSync(file, `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>${wrong}</feed>`);
    return file;
  });
  const said = jing(broken).stdout;
  for (const file of broken) assert.ok(said.includes(`${file}:1:`), said);
});

test('every JSON feed is of the types of JSON Feed 1.1', { timeout: 120_000 }, () => {
  const feeds = named('feed.json');
  assert.ok(feeds.length > 10, `${feeds.length} feeds`);
  const values = feeds.map((file) => JSON.parse(readFileSync(file, 'utf8')));
  const [item] = values[0].items;
  const wrong = [{ version: '2' }, { title: undefined }, { items: [{ ...item, id: undefined }] }, { authors: 'x' }].map((change) => ({ ...values[0], ...change }));
  const found = problems([...values, ...wrong].map((value) => ['Feed', value]), () => "import type Feed from '@json-feed-types/1_1';");
  assert.deepEqual(found.slice(0, values.length).flat(), []);
  assert.deepEqual(found.slice(values.length).map((problems) => problems.length > 0), wrong.map(() => true));
  for (const { items } of values) {
    assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
    for (const { date_published: published, content_html: html } of items) assert.ok(html && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)$/.test(published), published);
  }
});

test('every sitemap of news is read without a complaint, and its articles are news', async () => {
  const read = (xml) => new Promise((done, failed) => {
    const items = [];
    xml.pipe(new XMLToSitemapItemStream({ level: ErrorLevel.THROW, logger: false })).on('data', (item) => items.push(item)).on('error', failed).on('end', () => done(items));
  });
  const maps = named('news.xml');
  assert.equal(maps.length, 4);
  let articles = 0;
  for (const file of maps) {
    const items = await read(createReadStream(file));
    articles += items.length;
    if (items.length === 0) continue;
    // Written again, its rules are asked of every item.
    const again = new SitemapStream({ level: ErrorLevel.THROW });
    Readable.from(items).pipe(again);
    assert.ok((await streamToPromise(again)).length > 0);
    for (const { url, news } of items) assert.ok(/^https?:/.test(url) && news.title && news.publication.name && /^(vi|en)$/.test(news.publication.language), url);
  }
  assert.ok(articles >= 3, `${articles} articles`);
  await assert.rejects(read(Readable.from(['<urlset><url><loc>https://x.example/</loc><news:news><news:when>1</news:when></news:news></url></urlset>'])));
});
