// The sample portal for readers who enlarge it, want no motion, or choose their own colours.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { bilingual, launch, startPortal } from './portal.mjs';

let portal;
let browser;
before(async () => { portal = await startPortal(); browser = await launch(); });
after(async () => { await browser?.close(); portal?.stop(); });

// Calls `visit` with a page at every address, two windows side by side.
async function everyKind(options, visit) {
  const left = [...bilingual(portal), '/search/', '/en/search/', '/lost/', '/en/lost/'];
  await Promise.all([0, 1].map(async () => {
    const context = await browser.newContext(options);
    if (options.size) await context.addInitScript((size) => { localStorage.setItem('text-size', size); }, options.size);
    const page = await context.newPage();
    for (let address = left.shift(); address !== undefined; address = left.shift()) {
      await page.goto(portal.url + address);
      await visit(page, address);
    }
    await context.close();
  }));
}

// What does not fit, in the page: text that is cut by its box or lies outside the window, and texts that lie on one another.
function unfit() {
  const problems = [];
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth > clientWidth) problems.push(`${scrollWidth - clientWidth}px too wide`);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const lines = [];
  // In a box of one pixel.
  const forListeners = (element) => {
    for (let box = element; box && box !== document.body; box = box.parentElement) if (getComputedStyle(box).clipPath === 'inset(50%)' && box.offsetWidth <= 1) return true;
    return false;
  };
  const range = document.createRange();
  while (texts.nextNode()) {
    const { data, parentElement: parent } = texts.currentNode;
    // For listeners only, or drawn: charts have tests of their own.
    if (!data.trim() || !parent.checkVisibility({ visibilityProperty: true }) || parent.closest('.skip, svg, select, option, script, template') || forListeners(parent)) continue;
    range.selectNodeContents(texts.currentNode);
    const scrolls = parent.closest('.table-scroll, pre');
    for (const { left, right, top, bottom } of range.getClientRects()) {
      if (right - left < 1) continue;
      const text = data.trim().slice(0, 40);
      if (!scrolls && (left < -1 || right > clientWidth + 1)) problems.push(`out of the window: ${text}`);
      lines.push({ left, right, top, bottom, text, parent });
    }
    for (let box = parent; box && box !== document.body; box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box);
      const cut = (overflowY === 'hidden' || overflowY === 'clip') && box.scrollHeight > box.clientHeight + 2 || (overflowX === 'hidden' || overflowX === 'clip') && box.scrollWidth > box.clientWidth + 2;
      if (cut) problems.push(`cut by .${box.className}: ${data.trim().slice(0, 40)}`);
    }
  }
  // A line is as tall as its letters need, so two that share more than a third of it cannot be read.
  lines.sort((a, b) => a.top - b.top);
  lines.forEach((a, at) => {
    for (let other = at + 1; other < lines.length && lines[other].top < a.bottom; other += 1) {
      const b = lines[other];
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && tall > Math.min(a.bottom - a.top, b.bottom - b.top) / 3) problems.push(`on one another: ${a.text} | ${b.text}`);
    }
  });
  return [...new Set(problems)].slice(0, 5);
}

// 200 % of a window of 1280 by 900 pixels is one of 640 by 450.
for (const [name, options] of [['at 200 %', { viewport: { width: 640, height: 450 } }], ['on a phone with the largest text', { viewport: { width: 360, height: 740 }, size: 'largest' }]]) {
  test(`${name} no text is cut, out of the window or on another, on a page of every kind`, { timeout: 240_000 }, async () => {
    const problems = [];
    await everyKind(options, async (page, address) => {
      if (options.size) assert.equal(await page.evaluate(() => document.documentElement.dataset.textSize), options.size);
      for (const problem of await page.evaluate(unfit)) problems.push(`${address}: ${problem}`);
    });
    assert.deepEqual(problems, []);
  });
}

test('that test sees text that is cut, that is out of the window, and that lies on another', async () => {
  const page = await browser.newPage({ viewport: { width: 640, height: 450 } });
  await page.goto(`${portal.url}/en/about/`);
  assert.deepEqual(await page.evaluate(unfit), []);
  for (const [spoil, wanted] of [
    [() => { Object.assign(document.querySelector('h1').style, { height: '5px', overflow: 'hidden' }); }, 'cut by'],
    [() => { document.querySelector('h1').style.marginLeft = '-300px'; }, 'out of the window'],
    [() => { document.querySelector('.prose p').style.marginTop = '-60px'; }, 'on one another'],
  ]) {
    await page.reload();
    await page.evaluate(spoil);
    assert.ok((await page.evaluate(unfit)).some((problem) => problem.startsWith(wanted)), wanted);
  }
  await page.close();
});

test('who wants no motion gets none, and nobody gets any that is not asked for', async () => {
  const moving = (page) => page.evaluate(() => [...document.querySelectorAll('*')].flatMap((element) => ['', '::before', '::after'].flatMap((pseudo) => {
    const { animationName, transitionDuration, transitionProperty, scrollBehavior } = getComputedStyle(element, pseudo || null);
    const moves = animationName !== 'none' || (transitionProperty !== 'none' && transitionDuration.split(',').some((time) => parseFloat(time) > 0)) || scrollBehavior !== 'auto';
    return moves ? [`${element.tagName}.${element.className}${pseudo}`] : [];
  })));
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  for (const address of ['/en/', '/en/news/hue-2017-programme/', '/en/indicators/mobile-subscribers/', '/en/indicators/', '/en/search/?q=internet']) {
    await page.goto(portal.url + address);
    assert.ok(await page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches));
    assert.deepEqual(await moving(page), [], address);
    assert.deepEqual(await page.evaluate(() => document.getAnimations().length), 0, address);
  }
  await page.evaluate(() => { document.querySelector('h1').style.transition = 'color 1s'; document.body.style.scrollBehavior = 'smooth'; });
  assert.equal((await moving(page)).length, 2, 'what moves is seen');
  await context.close();
});

// How many marks the charts of the page have, and those that are not seen before the paper.
function marksOfCharts() {
  const pencil = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  const paint = (colour) => {
    pencil.clearRect(0, 0, 1, 1);
    pencil.fillStyle = colour;
    pencil.fillRect(0, 0, 1, 1);
    return [...pencil.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const [r, g, b] = paint(colour).map((part) => { const c = part / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = light('Canvas');
  const contrast = (colour) => { const other = light(colour); return (Math.max(paper, other) + 0.05) / (Math.min(paper, other) + 0.05); };
  const drawn = [...document.querySelectorAll('figure.chart svg :is(path, rect, circle, line, polyline, polygon, text)')]
    .filter((mark) => mark.checkVisibility() && !mark.closest('defs, clipPath, mask, pattern'));
  // Lines of the ground may be faint; what lies on a mark is seen before it, not before the paper.
  const marks = drawn.filter((mark) => !mark.closest('.hairline, .on-mark, .rim, .whole'));
  const faint = marks.filter((mark) => {
    const { fill, stroke, fillOpacity, strokeWidth } = getComputedStyle(mark);
    const seen = (colour) => !/^(none|url|rgba\(0, 0, 0, 0\)|transparent)/.test(colour) && contrast(colour) >= 3;
    return !(mark.tagName !== 'line' && seen(fill) && fillOpacity > 0) && !(seen(stroke) && parseFloat(strokeWidth) > 0);
  });
  return { marks: marks.length, faint: faint.map((mark) => mark.outerHTML.slice(0, 120)) };
}

// Chromium puts the system's colours in place of those of the page, as Windows does in its contrast themes.
for (const colorScheme of ['light', 'dark']) {
  test(`in forced colours every mark of a chart and the ring of the focus are seen, ${colorScheme}`, { timeout: 120_000 }, async () => {
    const context = await browser.newContext({ bypassCSP: true, forcedColors: 'active', colorScheme, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const problems = [];
    for (const slug of ['mobile-subscribers', 'smartphone-share', 'telephone-density', 'online-procedures-share', 'fibre-households']) {
      await page.goto(`${portal.url}/en/indicators/${slug}/`);
      assert.ok(await page.evaluate(() => matchMedia('(forced-colors: active)').matches));
      const { marks, faint } = await page.evaluate(marksOfCharts);
      assert.ok(marks > 3, `${slug}: ${marks} marks`);
      for (const mark of faint) problems.push(`${slug}: ${mark}`);
      for (const part of ['.menu a', '.table-scroll', '[role=slider]']) {
        const element = page.locator(`${part}:visible`).first();
        if (await element.count() === 0) continue;
        await page.keyboard.press('Tab');
        await element.focus();
        const { style, same } = await element.evaluate((node) => {
          const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(node);
          return { style: `${outlineStyle} ${outlineWidth}`, same: outlineColor === getComputedStyle(document.body).backgroundColor };
        });
        if (!/^solid ([2-9]|\d\d)/.test(style) || same) problems.push(`${slug} ${part}: ring ${style}`);
      }
    }
    assert.deepEqual(problems, []);
    await page.addStyleTag({ content: '.chart svg * { fill: Canvas !important; stroke: Canvas !important; }' });
    assert.ok((await page.evaluate(marksOfCharts)).faint.length > 3, 'what is not seen is found');
    await context.close();
  });
}
