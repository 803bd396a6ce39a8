// Every number of the seed article, checked against a table written by hand from its text.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, plain, startPortal, twin } from './portal.mjs';

// indicator, period, kind, machine value, qualifier, Vietnamese, English
const statements = [
  ['online-applications', '2016', 'actual', '1969', 'exact', '1.969 hồ sơ', '1,969 applications'],
  ['online-procedures', '2016', 'actual', '560', 'exact', '560 thủ tục', '560 procedures'],
  ['online-procedures-share', '2016', 'actual', '30', 'over', 'hơn 30%', 'over 30%'],
  ['level-4-procedures', '2016', 'actual', '345', 'exact', '345 thủ tục', '345 procedures'],
  ['level-4-procedures-share', '2016', 'actual', '30', 'over', 'hơn 30%', 'over 30%'],
  ['hue-ict-revenue', '2016', 'actual', '2105.8', 'exact', '2.105,8 tỷ đồng', '2,105.8 billion VND'],
  ['hue-ict-revenue-growth', '2016', 'actual', '9.1', 'exact', '9,1%', '9.1%'],
  ['hue-budget-contribution', '2016', 'actual', '52.974', 'exact', '52,974 tỷ đồng', '52.974 billion VND'],
  ['village-radio-coverage', '2016', 'actual', '100', 'exact', '100%', '100%'],
  ['village-television-coverage', '2016', 'actual', '95', 'exact', '95%', '95%'],
  ['community-ict-centres', '2016', 'actual', '30', 'exact', '30 mô hình', '30 centres'],
  ['hue-telephone-subscribers', '2016', 'actual', '1161836', 'exact', '1.161.836 thuê bao', '1,161,836 subscribers'],
  ['telephone-density', '2016', 'actual', '103', 'exact', '103 máy/100 dân', '103 telephones per 100 people'],
  ['telephone-density', '2017', 'target', '103', 'exact', '103 máy/100 dân', '103 telephones per 100 people'],
  ['internet-density', '2017', 'target', '9.45', 'exact', '9,45 thuê bao/100 dân', '9.45 subscribers per 100 people'],
  ['level-4-applications-share', '2017', 'target', '50', 'over', 'hơn 50%', 'over 50%'],
  ['online-tax-filing-share', '2017', 'target', '95', 'exact', '95%', '95%'],
].map(([slug, period, kind, value, qualifier, vi, en]) => ({ slug, period, kind, value, qualifier, vi, en }));
const words = {
  vi: { home: '/', kind: { actual: 'thực hiện', target: 'mục tiêu' }, year: (year) => `năm ${year}`, area: 'Thừa Thiên Huế' },
  en: { home: '/en/', kind: { actual: 'actual', target: 'target' }, year: (year) => year, area: 'Thừa Thiên Huế' },
};

let portal;
let browser;
before(async () => { portal = await startPortal(); browser = await launch(); });
after(async () => { await browser?.close(); portal?.stop(); });

const texts = async (locator) => (await locator.allInnerTexts()).map(plain);
const sorted = (list) => list.slice().sort();

// A CSV text as objects by its header.
function records(csv) {
  const [header, ...rows] = csv.trim().split(/\r?\n/).map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare));
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])));
}

for (const lang of ['vi', 'en']) {
  const { home, kind: kinds, year, area } = words[lang];
  const article = () => portal.url + (lang === 'en' ? '/en/news/hue-2017-programme/' : twin(portal, '/en/news/hue-2017-programme/'));

  test(`the seed article's prose states all 17 numbers in ${lang}`, async () => {
    const page = await browser.newPage();
    await page.goto(article());
    const stated = await page.locator('data.metric').evaluateAll((all) => all.map((metric) => [metric.value, metric.innerText]));
    assert.deepEqual(sorted(stated.map(([value, text]) => `${value} ${plain(text)}`)), sorted(statements.map((statement) => `${statement.value} ${statement[lang]}`)));
    await page.close();
  });

  test(`the seed article has a card with each of the 17 numbers in ${lang}, linked to its indicator`, async () => {
    const page = await browser.newPage();
    await page.goto(article());
    const cards = [];
    for (const card of await page.locator('main .card').all()) {
      const slug = new URL(await card.locator('a').first().getAttribute('href')).pathname.split('/').at(-2);
      const meta = plain(await card.locator('.card-meta').innerText());
      assert.ok(meta.includes(area), `${slug}: ${meta}`);
      const kind = meta.includes(kinds.target) ? 'target' : 'actual';
      const period = meta.match(/\d{4}/)[0];
      cards.push(`${slug} ${period} ${kind} ${plain(await card.locator('.card-value').innerText())}`);
    }
    assert.deepEqual(sorted(cards), sorted(statements.map((statement) => `${statement.slug} ${statement.period} ${statement.kind} ${statement[lang]}`)));
    await page.close();
  });

  test(`each indicator's page and data state the seed article's numbers in ${lang}`, async () => {
    const page = await browser.newPage();
    for (const statement of statements) {
      const { slug, period, kind, value, qualifier } = statement;
      const where = `${slug} ${period} ${kind}`;
      await page.goto(`${portal.url}${home}indicators/${slug}/`);
      // Only telephone density is reported elsewhere too, for the whole country; the others' latest value is the article's.
      if (slug !== 'telephone-density') assert.deepEqual(await texts(page.locator('.latest-value')), [statement[lang]], where);

      const unit = (await texts(page.locator('thead .cell-number')))[0].match(/\((.*)\)$/)[1];
      const hasAreas = await page.locator('.cell-area').count() > 0;
      const cell = async (row, name) => plain(await row.locator(`.cell-${name}`).evaluate((node) => {
        const copy = node.cloneNode(true);
        for (const note of copy.querySelectorAll('.cell-note')) note.remove();
        return copy.textContent;
      }));
      const rows = [];
      for (const row of await page.locator('tbody tr').all()) {
        rows.push([plain(await row.locator('th').innerText()), hasAreas ? await cell(row, 'area') : area,
          (await cell(row, 'number')) + (unit === '%' ? '%' : ` ${unit}`), await cell(row, 'kind'), await row.locator('.cell-article a').getAttribute('href')].join(' | '));
      }
      const expected = [year(period), area, statement[lang], kinds[kind], article()].join(' | ');
      assert.equal(rows.filter((row) => row === expected).length, 1, `${where}: wants ${expected} among\n${rows.join('\n')}`);

      const folder = join(portal.folder, home, 'indicators', slug);
      const same = (record) => record.ref_area === 'VN-26' && record.time_period === period && record.kind === kind;
      const csv = records(readFileSync(join(folder, 'data.csv'), 'utf8')).filter(same).map((record) => [record.obs_value, record.qualifier]);
      assert.deepEqual(csv, [[value, qualifier]], `${where} in data.csv`);
      const json = JSON.parse(readFileSync(join(folder, 'data.json'), 'utf8')).observations.filter(same).map((record) => [record.obs_value, record.qualifier, plain(record.text)]);
      assert.deepEqual(json, [[value, qualifier, statement[lang]]], `${where} in data.json`);
    }
    await page.close();
  });
}
