// Every number of the seed article, checked against a table written by hand from its text.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, plain, startPortal } from './portal.mjs';

// indicator, period, kind, machine value, Vietnamese, English
const statements = [
  ['online-applications', '2016', 'actual', '1969', '1.969 hồ sơ', '1,969 applications'],
  ['online-procedures', '2016', 'actual', '560', '560 thủ tục', '560 procedures'],
  ['online-procedures-share', '2016', 'actual', '30', 'hơn 30%', 'over 30%'],
  ['level-4-procedures', '2016', 'actual', '345', '345 thủ tục', '345 procedures'],
  ['level-4-procedures-share', '2016', 'actual', '30', 'hơn 30%', 'over 30%'],
  ['hue-ict-revenue', '2016', 'actual', '2105.8', '2.105,8 tỷ đồng', '2,105.8 billion VND'],
  ['hue-ict-revenue-growth', '2016', 'actual', '9.1', '9,1%', '9.1%'],
  ['hue-budget-contribution', '2016', 'actual', '52.974', '52,974 tỷ đồng', '52.974 billion VND'],
  ['village-radio-coverage', '2016', 'actual', '100', '100%', '100%'],
  ['village-television-coverage', '2016', 'actual', '95', '95%', '95%'],
  ['community-ict-centres', '2016', 'actual', '30', '30 mô hình', '30 centres'],
  ['hue-telephone-subscribers', '2016', 'actual', '1161836', '1.161.836 thuê bao', '1,161,836 subscribers'],
  ['telephone-density', '2016', 'actual', '103', '103 máy/100 dân', '103 telephones per 100 people'],
  ['telephone-density', '2017', 'target', '103', '103 máy/100 dân', '103 telephones per 100 people'],
  ['internet-density', '2017', 'target', '9.45', '9,45 thuê bao/100 dân', '9.45 subscribers per 100 people'],
  ['level-4-applications-share', '2017', 'target', '50', 'hơn 50%', 'over 50%'],
  ['online-tax-filing-share', '2017', 'target', '95', '95%', '95%'],
];

let portal;
let browser;
before(async () => { portal = await startPortal(); browser = await launch(); });
after(async () => { await browser?.close(); portal?.stop(); });

for (const [lang, column] of [['vi', 4], ['en', 5]]) {
  test(`the seed article and its indicators state all 17 numbers in ${lang}`, async () => {
    const page = await browser.newPage();
    await page.goto(`${portal.url}/en/news/hue-2017-programme/`);
    if (lang === 'vi') await page.goto(await page.locator('link[hreflang="vi"]').getAttribute('href'));
    const prose = (await page.locator('data.metric').all()).map(async (metric) => `${await metric.getAttribute('value')} ${plain(await metric.innerText())}`);
    const expected = statements.map((statement) => `${statement[3]} ${statement[column]}`);
    assert.deepEqual((await Promise.all(prose)).sort(), expected.toSorted());
    const whole = plain(await page.locator('main').innerText());
    for (const statement of statements) assert.ok(whole.split(statement[column]).length > 1, statement[column]);

    for (const [slug, period, kind, value, vi, en] of statements) {
      const text = lang === 'vi' ? vi : en;
      await page.goto(`${portal.url}${lang === 'vi' ? '' : '/en'}/indicators/${slug}/`);
      // The table's head names the unit; its cells hold the qualifier and the number.
      const number = text.match(/^(?:hơn |over )?[\d.,]+/)[0];
      const row = (await page.locator('table tbody tr').allInnerTexts()).map(plain).find((row) => row.includes(number) && row.includes(period));
      assert.ok(row, `${slug}: no row with ${number}`);
      if (kind === 'target') assert.match(row, lang === 'vi' ? /mục tiêu/i : /target/i);
      const csv = readFileSync(join(portal.folder, lang === 'vi' ? '' : 'en', 'indicators', slug, 'data.csv'), 'utf8');
      const line = csv.split('\r\n').find((line) => line.includes(`,VN-26,${period},${value},`) && line.includes(`,${kind},`));
      assert.ok(line, `${slug}: no line for ${period} ${value} ${kind} in data.csv`);
    }
    await page.close();
  });
}
