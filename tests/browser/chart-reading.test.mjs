// The theme's script that reads the values of a chart one by one, by keys and by pointer.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { launch, plain, startPortal, twin } from './portal.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const english = '/en/indicators/smartphone-share/';
let portal;
let browser;
before(async () => { portal = await startPortal(); browser = await launch(); });
after(async () => { await browser?.close(); portal?.stop(); });

const addresses = () => [['vi', twin(portal, english)], ['en', english]];
const words = {
  vi: { first: 'Năm 2018: 59,2%', last: 'Năm 2021: 75%', numbers: ['59,2', '65,09', '69,55', '75'] },
  en: { first: '2018: 59.2%', last: '2021: 75%', numbers: ['59.2', '65.09', '69.55', '75'] },
};

async function opened(address, width, options = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(portal.url + address);
  const slider = page.getByRole('slider');
  return { context, page, slider, said: page.locator('.chart-reading') };
}

for (const width of [360, 1280]) {
  test(`the arrow keys read every value of a chart in both languages at ${width} px`, { timeout: 180_000 }, async () => {
    for (const [lang, address] of addresses()) {
      const { context, page, slider, said } = await opened(address, width);
      assert.equal(await slider.count(), 1, 'the layout that is not shown cannot be reached');
      const name = await slider.evaluate((node) => document.getElementById(node.getAttribute('aria-labelledby')).textContent);
      assert.ok(name.includes(await page.locator('h1').innerText()), name);
      for (let tries = 0; tries < 60 && !(await slider.evaluate((node) => node === document.activeElement)); tries += 1) await page.keyboard.press('Tab');
      const value = async () => plain(await slider.getAttribute('aria-valuetext'));
      assert.equal(await value(), words[lang].last, 'focus reads the newest value');
      await page.keyboard.press('Home');
      const read = [];
      for (const _ of words[lang].numbers) {
        assert.equal(plain(await said.innerText()), await value(), 'what is heard is seen');
        assert.equal(await slider.getAttribute('aria-valuenow'), String(read.length + 1));
        assert.equal(await page.locator('.chart-ring:visible').count(), 1);
        read.push(await value());
        await page.keyboard.press('ArrowRight');
      }
      assert.deepEqual([read[0], read.at(-1)], [words[lang].first, words[lang].last]);
      words[lang].numbers.forEach((number, at) => assert.ok(read[at].includes(number), `${read[at]} has ${number}`));
      assert.equal(await value(), words[lang].last, 'the last value is the end');
      await page.keyboard.press('ArrowLeft');
      assert.equal(await value(), read.at(-2));
      await page.keyboard.press('Escape');
      assert.equal(await said.innerText(), '');
      assert.equal(await page.locator('.chart-ring').count(), 0);
      assert.ok(await slider.getAttribute('aria-valuenow'), 'a slider always has a value');
      await context.close();
    }
  });

  test(`axe finds no violation while a chart is read, in both languages at ${width} px`, { timeout: 180_000 }, async () => {
    for (const [lang, address] of addresses()) {
      for (const colorScheme of ['light', 'dark']) {
        // Axe is a script of ours: only here the policy is off.
        const { context, page, slider } = await opened(address, width, { bypassCSP: true, colorScheme });
        await slider.focus();
        await page.keyboard.press('ArrowLeft');
        await page.evaluate(axe);
        const check = () => page.evaluate(() => window.axe.run()).then(({ violations }) => violations.map(({ id, nodes }) => `${id} ${nodes[0].target}`));
        assert.deepEqual(await check(), [], `${lang} ${colorScheme}, reading`);
        await slider.blur();
        assert.deepEqual(await check(), [], `${lang} ${colorScheme}, after it`);
        await context.close();
      }
    }
  });
}

test('the pointer reads the value that it is nearest to, and leaves nothing behind', async () => {
  const { context, page, slider, said } = await opened(english, 1280);
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  await page.mouse.move(box.x + 5, box.y + box.height / 2);
  assert.equal(plain(await said.innerText()), words.en.first);
  await page.mouse.move(box.x + box.width - 5, box.y + box.height / 2);
  assert.equal(plain(await said.innerText()), words.en.last);
  await page.mouse.move(0, 0);
  assert.equal(await said.innerText(), '');
  await context.close();
});
