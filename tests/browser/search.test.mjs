// The search page over a site of its own: what is found first, filters, keys, what listeners hear, and the strict policy.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { launch, plain, startPortal } from './portal.mjs';
import { count, oddWords, writeSite } from './search-site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const queries = {
  vi: [
    ['thuê bao', 'thue-bao'], ['thue bao', 'thue-bao'], ['THUÊ BAO', 'thue-bao'], ['thuế', 'thue'], ['thuê nhà', 'thue-nha'], ['thue nha', 'thue-nha'],
    ['đường sắt', 'duong-sat'], ['duong sat', 'duong-sat'], ['Đuong sắt', 'duong-sat'], ['đường mía', 'duong-mia'], ['duong mia', 'duong-mia'],
    ['cửa sắt', 'duong-pho'], ['ánh dương', 'mat-troi'], ['hoà bình', 'hoa-binh'], ['hòa bình', 'hoa-binh'], ['hoa binh', 'hoa-binh'], ['hoa sen', 'hoa-sen'],
    ['huế', 'hue'], ['huệ', 'hoa-hue'], ['ha noi', 'ha-noi'], ['đà nẵng', 'da-nang'], ['da nang', 'da-nang'], ['cần thơ', 'can-tho'],
    ['tho luc bat', 'tho-luc-bat'], ['thợ', 'tho-moc'], ['ca phe sua', 'ca-phe'], ['phở', 'pho'], ['phố cổ', 'pho-co'], ['pho co', 'pho-co'],
    ['mưa', 'mua-rao'], ['mùa', 'mua-xuan'], ['mua', 'mua-ban'], ['kĩ thuật', 'ky-thuat'], ['1.234,5', 'so-viet'], ['1,234.5', 'so-viet'], ['1161836', 'so-viet'],
    ['86,9 triệu', 'trieu'], ['86.9 million', 'trieu'], ['86.900.000', 'trieu'], ['mang 4g', 'mang-4g'], ['buu dien', 'buu-dien'],
  ],
  en: [
    ['reunification railway', 'duong-sat'], ['duong sat', 'duong-sat'], ['đường sắt', 'duong-sat'], ['subscribers', 'thue-bao'], ['subscri', 'thue-bao'],
    ['library', 'thu-vien'], ['Huế', 'hue'], ['hue', 'hue'], ['perfume river', 'song-huong'], ['song huong', 'song-huong'], ['hoi an', 'pho-co'], ['Hội An', 'pho-co'],
    ['street', 'duong-pho'], ['1,234.5', 'so-viet'], ['1.234,5', 'so-viet'], ['1.161.836', 'so-viet'], ['86.9 million', 'trieu'], ['86,9 triệu', 'trieu'],
    ['4g network', 'mang-4g'], ['da nang', 'da-nang'], ['coffee', 'ca-phe'], ['carpenter', 'tho-moc'],
  ],
};
const prefix = { vi: '', en: '/en' };

let site;
let portal;
let browser;
before(async () => { site = writeSite(); portal = await startPortal(site.folder); browser = await launch(); });
after(async () => { await browser?.close(); portal?.stop(); site?.remove(); });

// A search page, with everything noted that it must not do.
async function opened(address, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  page.on('request', (request) => { if (new URL(request.url()).origin !== portal.url) problems.push(`request to ${request.url()}`); });
  await page.goto(portal.url + address);
  return { page, problems, close: () => context.close() };
}

const said = (page) => page.locator('#search-status');
const settled = (page) => page.waitForFunction(() => /\d|match|khớp|full|could|Không tải/.test(document.getElementById('search-status').textContent));
const found = (page) => page.locator('#search-results .story-title a').evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
const search = (lang, query) => `${prefix[lang]}/search/?${new URLSearchParams(query)}`;

for (const lang of ['vi', 'en']) {
  test(`${queries[lang].length} queries with and without marks have the right first result in ${lang}`, { timeout: 120_000 }, async () => {
    const { page, problems, close } = await opened(search(lang, {}));
    const wrong = [];
    for (const [query, slug] of queries[lang]) {
      await page.goto(portal.url + search(lang, { q: query }));
      await settled(page);
      const [first, ...others] = await found(page);
      if (first !== `${prefix[lang]}/news/${slug}/`) wrong.push(`${query}: ${first}, then ${others.slice(0, 3)}`);
    }
    assert.deepEqual(wrong, []);
    assert.deepEqual(problems, []);
    await close();
  });
}

test('the script reads words and numbers as the index does: every word of a long text leads to it', { timeout: 120_000 }, async () => {
  for (const lang of ['vi', 'en']) {
    const { page, problems, close } = await opened(search(lang, {}));
    const words = [...new Set(oddWords.split(' '))];
    const { searched, lost } = await page.evaluate(async ({ words, lang }) => {
      const { Index } = await import(new URL('/search-index.js', location));
      const index = await Index.open(new URL(`/search-index/${lang}/index.json`, location));
      const lost = [];
      let searched = 0;
      for (const word of words) {
        if (!index.reader.terms(word).length) continue;
        searched += 1;
        const { documents } = await index.search(`${word} `);
        if (!(await index.shown(documents)).some(({ title }) => title === 'Odd')) lost.push(word);
      }
      return { searched, lost };
    }, { words, lang });
    assert.ok(searched > 1500, `${searched} words`);
    assert.deepEqual(lost, []);
    assert.deepEqual(problems, []);
    await close();
  }
});

test('words with the very marks come first, those with others after them', async () => {
  const { page, close } = await opened(search('vi', { q: 'thuê' }));
  await settled(page);
  const all = await found(page);
  assert.deepEqual(all.slice(0, 2).sort(), ['/news/thue-bao/', '/news/thue-nha/']);
  assert.deepEqual(all.slice(2), ['/news/thue/']);
  await close();
});

test('where no page has all words, those with most of them are shown, and the page says so', async () => {
  const { page, close } = await opened(search('vi', { q: 'hoa sen xyzzy' }));
  await settled(page);
  assert.equal((await found(page))[0], '/news/hoa-sen/');
  assert.match(await said(page).innerText(), /^Không có trang nào có đủ các từ/);
  await page.goto(portal.url + search('vi', { q: 'xyzzy' }));
  await settled(page);
  assert.deepEqual(await found(page), []);
  assert.match(await said(page).innerText(), /^Không có trang nào khớp/);
  await close();
});

test('filters narrow by year, topic, agency and indicators, alone and together, and stand in the address', async () => {
  const { page, problems, close } = await opened(search('vi', {}));
  await page.locator('#search-filters').waitFor();
  const years = await page.locator('#filter-year option').allInnerTexts();
  assert.deepEqual(years, ['Tất cả', '2021 (1)', '2020 (15)', '2019 (15)']);
  await page.locator('#filter-year').selectOption('2020');
  await settled(page);
  assert.match(await said(page).innerText(), /^15 /);
  await page.locator('#filter-topics').selectOption({ label: 'Địa danh (10)' });
  await page.waitForFunction(() => /^\d /.test(document.getElementById('search-status').textContent));
  const both = await found(page);
  assert.ok(both.length > 2 && both.length < 10 && both.includes('/news/hue/'), `${both}`);
  await page.fill('#search-query', 'song');
  await page.waitForURL(/q=song/);
  assert.equal(new URL(page.url()).searchParams.get('topics'), 'dia-danh');
  await page.reload();
  await settled(page);
  assert.equal(await page.locator('#filter-topics').inputValue(), 'dia-danh');
  await page.goto(portal.url + search('vi', { agency: 'xuong-mau' }));
  await settled(page);
  assert.deepEqual(await found(page), ['/news/thuoc/']);
  await page.goto(portal.url + search('vi', { figures: '1' }));
  await settled(page);
  assert.deepEqual((await found(page)).sort(), ['/indicators/sample-length/', '/news/thuoc/']);
  assert.deepEqual(problems, []);
  await close();
});

test('a result shows the latest value of its indicator with period, area and a link', async () => {
  for (const [lang, name, value, meta] of [['vi', 'Độ dài thước mẫu', '1,5 mét', 'năm 2020 Huế'], ['en', 'Length of the sample ruler', '1.5 metres', '2020 Huế']]) {
    const { page, close } = await opened(search(lang, { figures: '1' }));
    await settled(page);
    const story = page.locator('.story', { has: page.locator(`a[href$="${prefix[lang]}/news/thuoc/"]`) });
    assert.equal(plain(await story.locator('.story-value').innerText()), value);
    assert.equal(plain(await story.locator('.story-figure > .meta:last-child').textContent()), meta);
    const link = story.locator('.story-indicator a');
    assert.equal(await link.innerText(), name);
    assert.equal(new URL(await link.getAttribute('href')).pathname, `${prefix[lang]}/indicators/sample-length/`);
    await close();
  }
});

test('the box of every page leads to the results by a plain form', async () => {
  for (const lang of ['vi', 'en']) {
    const { page, problems, close } = await opened(`${prefix[lang]}/`);
    await page.fill('#site-search', 'Đà Nẵng');
    await page.press('#site-search', 'Enter');
    await page.waitForURL(/\/search\/\?q=/);
    await settled(page);
    assert.equal((await found(page))[0], `${prefix[lang]}/news/da-nang/`);
    assert.equal(await page.locator('#search-query').inputValue(), 'Đà Nẵng');
    assert.equal(await page.locator('#site-search').count(), 0, 'one search box is enough');
    assert.deepEqual(problems, []);
    await close();
  }
});

test('keys alone search, hear how much there is, reach every result and ask for more', async () => {
  const { page, close } = await opened(search('vi', {}));
  await page.locator('#search-filters[open]').waitFor();
  const at = () => page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.getAttribute('href'));
  await page.focus('.skip');
  for (let step = 0; step < 40 && await at() !== 'search-query'; step += 1) await page.keyboard.press('Tab');
  assert.equal(await at(), 'search-query');
  await page.keyboard.type('bai mau', { delay: 20 });
  await settled(page);
  assert.equal(await said(page).getAttribute('role'), 'status');
  await page.waitForFunction((wanted) => document.getElementById('search-status').textContent.startsWith(wanted), `${count - 1} `);
  assert.equal(await at(), 'search-query', 'typing is not interrupted');
  const walk = [];
  for (let step = 0; step < 30 && await at() !== 'search-more'; step += 1) { await page.keyboard.press('Tab'); walk.push(await at()); }
  for (const id of ['filter-year', 'filter-topics', 'filter-agency', 'filter-figures', 'search-more']) assert.ok(walk.includes(id), `${id} among ${walk}`);
  assert.equal(await page.locator('#search-results > li').count(), 10);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('#search-results > li').length === 20);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('#search-results .story-title a')].indexOf(document.activeElement)), 10);
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, 'solid');
  const wanted = await page.evaluate(() => document.activeElement.href);
  await page.keyboard.press('Enter');
  await page.waitForURL(wanted);
  await page.goBack();
  await settled(page);
  assert.equal(await page.locator('#search-query').inputValue(), 'bai mau');
  await close();
});

// What is dark is laid out as what is light.
for (const [colorScheme, widths] of [['light', [320, 1280]], ['dark', [768]]]) {
  test(`axe finds no violation and nothing overflows with results open, in both languages, ${colorScheme}`, { timeout: 120_000 }, async () => {
    const problems = [];
    for (const width of widths) {
      for (const address of [search('vi', { q: 'thước' }), search('en', { q: 'ruler' }), search('vi', { q: 'bài mẫu' }), search('en', {}), search('vi', { q: 'xyzzy' })]) {
        const { page, close } = await opened(address, { bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
        if (address.includes('q=')) await settled(page);
        else await page.locator('#search-filters').waitFor();
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (overflow > 0) problems.push(`${address} ${width}: ${overflow}px too wide`);
        await page.evaluate(axe);
        const { violations, passes } = await page.evaluate(() => window.axe.run());
        if (passes.length < 10) problems.push(`${address}: axe checked nearly nothing`);
        for (const { id, nodes } of violations) problems.push(`${address} ${width}: ${id} ${nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
        await close();
      }
    }
    assert.deepEqual(problems, []);
  });
}

test('without JavaScript the page says what is missing, and leads to the topics', async () => {
  for (const [lang, message] of [['vi', /Tìm kiếm cần JavaScript/], ['en', /Search needs JavaScript/]]) {
    const { page, problems, close } = await opened(search(lang, { q: 'hue' }), { javaScriptEnabled: false });
    assert.match(await page.locator('#main').innerText(), message);
    assert.equal(await page.locator('#search-topics a').count(), 2);
    assert.equal(await page.locator('#search-filters').isVisible(), false);
    assert.deepEqual(problems, []);
    await close();
  }
});

test('where the index cannot be had, the page says so, and searches again when it can', async () => {
  const { page, close } = await opened('/search/');
  await page.locator('#search-filters').waitFor();
  await page.route('**/words/*', (route) => route.abort());
  await page.fill('#search-query', 'hue');
  await page.waitForFunction(() => document.getElementById('search-status').textContent.startsWith('Không tải được'));
  await page.unroute('**/words/*');
  await page.press('#search-query', 'Enter');
  await page.waitForFunction(() => document.querySelectorAll('#search-results > li').length > 0);
  await close();
});

test('a search fetches the files of its words and results, not the index', async () => {
  const { page, close } = await opened(search('vi', {}));
  await page.locator('#search-filters').waitFor();
  const fetched = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.fill('#search-query', 'huế');
  await settled(page);
  const words = fetched.filter((path) => path.startsWith('/search-index/vi/words/'));
  assert.equal(words.length, 1, `${fetched}`);
  assert.ok(fetched.every((path) => /^\/search-index\/vi\/(words|pages)\/|^\/icon\.svg$/.test(path)), `${fetched}`);
  await close();
});
