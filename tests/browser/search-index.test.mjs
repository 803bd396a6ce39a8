// The search indexes that a build makes, in the elasticlunr.js that it ships.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tinso = process.env.TINSO ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug/tinso');
const base = 'https://tin.example';

// English words: those of the documentation, and every ending that a stemmer knows on many stems.
const endings = ['', 's', 'es', 'ies', 'ed', 'eed', 'ing', 'y', 'ly', 'al', 'ance', 'ence', 'er', 'ic', 'able', 'ible', 'ant', 'ement', 'ment', 'ent',
  'ou', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize', 'ion', 'sion', 'tion', 'ational', 'tional', 'enci', 'anci', 'izer', 'bli', 'alli', 'entli', 'eli',
  'ousli', 'ization', 'ation', 'ator', 'alism', 'iveness', 'fulness', 'ousness', 'aliti', 'iviti', 'biliti', 'logi', 'icate', 'ative', 'alize',
  'iciti', 'ical', 'ful', 'ness', 'e', 'ee', 'll', 'ss', 'sses', 'tt', 'atting', 'bling', 'izing'];
const stems = ['', 'a', 'y', 'b', 'th', 'yea', 'toy', 'hop', 'subscrib', 'inflat', 'rail', 'oe', 'syzyg', 'controll', 'gener', 'ski', 'wax', 'play', 'str', 'connect', 'equip', "o'neil", 'x2', 'naïv', 'élit'];
const pages = [...readdirSync(join(root, 'docs'), { recursive: true }), '../ARCHITECTURE.md'].filter((name) => name.endsWith('.md'));
const written = pages.map((name) => readFileSync(join(root, 'docs', name), 'utf8')).join(' ').match(/[A-Za-z'’_]+/g);
const words = [...new Set([...written, ...stems.flatMap((stem) => endings.map((ending) => stem + ending))])].filter((word) => word !== '');

const files = {
  'config.toml': `base_url = "${base}"
default_language = "vi"
build_search_index = true
[search]
include_description = true
include_date = true
include_path = true
[languages.en]
build_search_index = true
[languages.fr]
build_search_index = true
[languages.fr.search]
index_format = "elasticlunr_json"
[languages.de]
build_search_index = true
[languages.de.search]
index_format = "fuse_javascript"
`,
  'templates/index.html': '{{ section.content | safe }}',
  'templates/section.html': '{{ section.content | safe }}',
  'templates/page.html': '{{ page.content | safe }}',
  'content/thue-bao.md': '+++\ntitle = "Số thuê bao di động"\ndescription = "Đăng ký"\ndate = 2011-07-01\n+++\nSố **thuê bao** tăng, “đường” truyền ổn định. 😀 `Ơ`\n',
  'content/nuoc.md': '+++\ntitle = "Nước dương"\n+++\nẤn Độ và Ý, 𠮷野.\n',
  'content/words.en.md': '+++\ntitle = "Words"\n+++\nSee [below](#x).\n\n# Subscribers in Huế {#x}\n',
  'content/ete.fr.md': '+++\ntitle = "L’été à Huế"\n+++\nUn élève, là.\n',
  'content/de.de.md': '+++\ntitle = "Größe"\n+++\nA & B < C, „Straße“.\n',
};
files['content/all.en.md'] = `+++\ntitle = ${JSON.stringify(words.join(' '))}\n+++\n`;

let folder;
const warnings = [];
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'tinso-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  execFileSync(tinso, ['build', '--root', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
});
after(() => rmSync(folder, { recursive: true, force: true }));

const output = (name) => readFileSync(join(folder, 'public', name), 'utf8');

// A page with the shipped library and, where it is a script, an index.
function browser(script) {
  const window = {};
  const context = vm.createContext({ window, console: { warn: (...said) => warnings.push(said.join(' ')) } });
  vm.runInContext(output('elasticlunr.min.js'), context);
  if (script) vm.runInContext(output(script), context);
  const { elasticlunr } = context;
  return { elasticlunr, searchIndex: window.searchIndex, load: (index) => elasticlunr.Index.load(index) };
}

const found = (index, query, options) => [...index.search(query, options ?? {}).map(({ ref }) => ref.replace(base, ''))];

function vietnamese() {
  const { load, searchIndex } = browser('search_index.vi.js');
  return load(searchIndex);
}

test('a Vietnamese index loads and finds words typed with marks and without', () => {
  const index = vietnamese();
  for (const query of ['thuê bao', 'thue bao', 'THUÊ BAO', 'Thue', 'đường', 'duong truyen', 'đăng ký', 'dang ky', 'dang', 'di động']) {
    assert.ok(found(index, query).includes('/thue-bao/'), query);
  }
  for (const query of ['ấn độ', 'an do', 'Ấn Độ', 'ý', 'y', 'nước', 'nuoc']) assert.ok(found(index, query).includes('/nuoc/'), query);
});

test('a word typed with its marks finds only words with these marks; without, both', () => {
  const index = vietnamese();
  assert.deepEqual(found(index, 'đường'), ['/thue-bao/']);
  assert.deepEqual(found(index, 'dương'), ['/nuoc/']);
  assert.deepEqual(found(index, 'duong').sort(), ['/nuoc/', '/thue-bao/']);
});

test('no letter is eaten at the edge of a word, quotes and stops are', () => {
  const index = vietnamese();
  for (const query of ['ơ', 'ổn', 'đường', 'định', 'ký', 'số']) assert.deepEqual(found(index, query), ['/thue-bao/'], query);
});

test('a character beyond the basic plane is found', () => {
  assert.deepEqual(found(vietnamese(), '𠮷野'), ['/nuoc/']);
});

test('prefixes, several words at once and weights of fields work as in any index of elasticlunr', () => {
  const index = vietnamese();
  assert.deepEqual(found(index, 'thu', { expand: true }), ['/thue-bao/']);
  assert.deepEqual(found(index, 'thuê dương', { bool: 'AND' }), []);
  assert.deepEqual(found(index, 'thuê truyền', { bool: 'AND', fields: { body: {} } }), ['/thue-bao/']);
  assert.deepEqual(found(index, 'thuê', { fields: { title: { boost: 2 }, body: { boost: 1 } } }), ['/thue-bao/']);
  assert.deepEqual(found(index, '2011-07', { fields: { date: {} } }), ['/thue-bao/']);
  assert.deepEqual(found(index, 'nuoc', { fields: { path: {} } }), ['/nuoc/']);
});

test('what a search finds carries its document, as the search pages of Zola sites expect', () => {
  const [result] = vietnamese().search('đường', {});
  assert.equal(result.ref, `${base}/thue-bao/`);
  assert.equal(result.doc.title, 'Số thuê bao di động');
});

test('what a search page shows is stored with each document', () => {
  const doc = vietnamese().documentStore.getDoc(`${base}/thue-bao/`);
  assert.deepEqual({ ...doc }, {
    id: `${base}/thue-bao/`, title: 'Số thuê bao di động', description: 'Đăng ký', date: '2011-07-01', path: '/thue-bao/',
    body: 'Số thuê bao tăng, “đường” truyền ổn định. 😀 Ơ',
  });
});

test(`${words.length} English words have the stems that elasticlunr.js gives a query`, () => {
  assert.ok(words.length > 2000);
  const { elasticlunr, searchIndex, load } = browser('search_index.en.js');
  const index = load(searchIndex);
  const url = `${base}/en/all/`;
  const lost = words.filter((word) => {
    const tokens = index.pipeline.run(elasticlunr.tokenizer(word));
    return tokens.length > 0 && !tokens.every((token) => url in index.index.title.getDocs(token));
  });
  assert.deepEqual(lost, []);
});

test('an English index of plain words is what elasticlunr.js itself makes of them', () => {
  const { elasticlunr, searchIndex } = browser('search_index.en.js');
  const own = elasticlunr(function () { this.addField('title'); });
  for (const id of Object.keys(searchIndex.documentStore.docs)) {
    const title = searchIndex.documentStore.docs[id].title.replace(/\S*[^\x00-\x7f]\S*/g, '');
    own.addDoc({ id, title });
  }
  const ours = elasticlunr.Index.load(searchIndex).index.title;
  const theirs = own.index.title;
  let compared = 0;
  (function walk(node, word) {
    if (node.df > 0) {
      compared += 1;
      for (const [id, { tf }] of Object.entries(node.docs)) assert.ok(ours.getTermFrequency(word, id) >= tf, word);
    }
    for (const key of Object.keys(node)) if (key !== 'docs' && key !== 'df') walk(node[key], word + key);
  }(theirs.root, ''));
  assert.ok(compared > 1000, String(compared));
});

test('an English page is found by a Vietnamese name with marks and without', () => {
  const { searchIndex, load } = browser('search_index.en.js');
  for (const query of ['Huế', 'hue', 'subscriber', 'subscribing']) assert.ok(found(load(searchIndex), query).includes('/en/words/'), query);
});

test('a language has its own format: JSON for elasticlunr in French, a script for Fuse in German', () => {
  const french = JSON.parse(output('search_index.fr.json'));
  const { load } = browser();
  for (const query of ['été', 'ete', 'l’été', 'élève', 'eleve', 'là', 'Huế', 'hue']) assert.deepEqual(found(load(french), query), ['/fr/ete/'], query);
  const { searchIndex } = browser('search_index.de.js');
  const item = searchIndex.find(({ url }) => url === `${base}/de/de/`);
  assert.deepEqual({ ...item }, { url: `${base}/de/de/`, title: 'Größe', path: '/de/de/', body: 'A &amp; B &lt; C, „Straße“.' });
});

test('elasticlunr.js has nothing to warn of', () => {
  assert.deepEqual(warnings, []);
});
