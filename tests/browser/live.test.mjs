// Editing under `tinso serve`: what changed is replaced in the open page, and what the reader did to it stays.
import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { launch } from './portal.mjs';
import { served } from './served.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const square = (colour, size = 20) => `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="${size}" height="${size}" fill="${colour}"/></svg>`;
const template = `<!DOCTYPE html>
<html lang="en" class="written">
<head>
<meta charset="utf-8">
<title>{{ section.title }}</title>
<link rel="stylesheet" href="/site.css">
<script type="application/ld+json">{"name": "{{ section.title }}"}</script>
<noscript><link rel="stylesheet" href="/none.css"></noscript>
<script src="/site.js" defer></script>
</head>
<body>
<h1>{{ section.title }}</h1>
<nav><button id="menu" aria-expanded="false">Menu</button></nav>
{{ section.content | safe }}
<form>
<input id="name" value="preset">
<textarea id="text">preset</textarea>
<label><input type="checkbox" id="yes"> yes</label>
<input type="radio" name="r" id="a" checked><input type="radio" name="r" id="b">
<select id="choice"><option>one</option><option>two</option><option>three</option></select>
</form>
<details><summary>More</summary><p>inside</p></details>
<img id="picture" src="/picture.svg" srcset="/picture.svg 1x, /picture2.svg 2x" alt="">
<div id="background"></div>
<div class="tall">end</div>
</body>
</html>
`;
const files = {
  'config.toml': 'base_url = "https://example.org"\ntitle = "Live"\n',
  'content/_index.md': '+++\ntitle = "First"\n+++\nSome words.\n',
  'content/other.md': '+++\ntitle = "Other"\n+++\nOther words.\n',
  'templates/index.html': template,
  'templates/page.html': '<!DOCTYPE html><html lang="en"><head><title>{{ page.title }}</title></head><body><h1>{{ page.title }}</h1></body></html>',
  'templates/404.html': '<!DOCTYPE html><html lang="en"><head><title>Lost</title></head><body><h1>Lost</h1></body></html>',
  'static/site.css': 'h1 { color: rgb(1, 2, 3) }\n.tall { margin-top: 3000px }\n#background { height: 20px; background-image: url(/back.svg) }\n',
  'static/site.js': 'window.runs = (window.runs ?? 0) + 1; document.documentElement.classList.add("scripted"); document.querySelector("#menu")?.addEventListener("click", (event) => event.target.setAttribute("aria-expanded", "true"));\n',
  'static/picture.svg': square('red'),
  'static/picture2.svg': square('red'),
  'static/back.svg': square('red'),
};
const small = ({ write }) => Object.entries(files).forEach(([name, text]) => write(name, text));
const live = (name, body, make = small) => test(name, { timeout: 90_000 }, () => served(browser, make, body));

// Opens a page and marks it: a page that was loaded anew has lost the mark.
const open = async ({ page, url }, path = '/') => {
  await page.goto(url + path);
  await page.waitForFunction(() => document.readyState === 'complete' && performance.getEntriesByType('resource').some((entry) => entry.initiatorType === 'fetch'));
  await page.evaluate(() => { window.mark = 'here'; });
};
const stayed = async ({ page }) => assert.equal(await page.evaluate(() => window.mark), 'here', 'the page was not loaded anew');

live('what the reader typed, chose and opened stays over an edit of the text', async (tools) => {
  const { page, edit, heading } = tools;
  await page.goto(tools.url);
  await open(tools);
  await page.fill('#name', 'typed');
  await page.fill('#text', 'written by the reader');
  await page.check('#yes');
  await page.check('#b');
  await page.selectOption('#choice', 'two');
  await page.click('summary');
  await page.click('#menu');
  edit('content/_index.md', 'First', 'Second');
  await heading('Second').waitFor();
  await stayed(tools);
  assert.equal(await page.title(), 'Second');
  const state = await page.evaluate(() => {
    const get = (id) => document.getElementById(id);
    return [get('name').value, get('text').value, get('yes').checked, get('a').checked, get('b').checked, get('choice').value, document.querySelector('details').open, get('menu').getAttribute('aria-expanded'), document.documentElement.className, window.runs];
  });
  assert.deepEqual(state, ['typed', 'written by the reader', true, false, true, 'two', true, 'true', 'written scripted', 1]);
  // What was not touched follows the writer.
  edit('templates/index.html', 'lang="en" class="written"', 'lang="vi" class="other"');
  await page.waitForFunction(() => document.documentElement.lang === 'vi');
  edit('templates/index.html', '<p>inside</p>', '<p>inside, edited</p>');
  await page.getByText('inside, edited').waitFor();
  assert.equal(await page.inputValue('#name'), 'typed');
  await stayed(tools);
});

live('the place on the page, the caret and the selection stay', async (tools) => {
  const { page, edit, heading } = tools;
  await open(tools);
  await page.fill('#name', 'caret is here');
  await page.focus('#name');
  await page.evaluate(() => { document.getElementById('name').setSelectionRange(2, 5); scrollTo(0, 1200); });
  edit('content/_index.md', 'First', 'Second');
  await heading('Second').waitFor({ state: 'attached' });
  await stayed(tools);
  const state = await page.evaluate(() => [document.activeElement.id, document.activeElement.selectionStart, document.activeElement.selectionEnd, scrollY]);
  assert.deepEqual(state, ['name', 2, 5, 1200]);
  await page.keyboard.type('X');
  assert.equal(await page.inputValue('#name'), 'caX is here');
});

live('paragraphs that come and go do so in place, and what is not touched keeps its elements', async (tools) => {
  const { page, edit } = tools;
  await open(tools);
  await page.evaluate(() => { window.form = document.querySelector('form'); });
  edit('content/_index.md', 'Some words.', 'A new paragraph.\n\nSome words.\n\n- and\n- a list');
  await page.getByText('A new paragraph.').waitFor();
  assert.equal(await page.locator('li').count(), 2);
  edit('content/_index.md', 'A new paragraph.\n\n', '');
  await page.getByText('A new paragraph.').waitFor({ state: 'detached' });
  assert.ok(await page.evaluate(() => window.form === document.querySelector('form')));
  assert.equal(await page.locator('script[src="/.tinso/live.js"]').count(), 1);
  await stayed(tools);
});

live('a style that changed is swapped without loading the page anew, and pictures of styles too', async (tools) => {
  const { page, edit, write } = tools;
  await open(tools);
  const colour = (wanted) => page.waitForFunction((wanted) => getComputedStyle(document.querySelector('h1')).color === wanted, wanted);
  edit('static/site.css', 'rgb(1, 2, 3)', 'rgb(4, 5, 6)');
  await colour('rgb(4, 5, 6)');
  edit('static/site.css', 'rgb(4, 5, 6)', 'rgb(7, 8, 9)');
  await colour('rgb(7, 8, 9)');
  assert.equal(await page.locator('link[rel=stylesheet]').count(), 1);
  const pixel = async () => {
    await page.locator('#background').scrollIntoViewIfNeeded();
    const shot = await page.locator('#background').screenshot();
    return page.evaluate(async (bytes) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      canvas.drawImage(bitmap, 0, 0);
      return [...canvas.getImageData(5, 5, 1, 1).data].join();
    }, [...shot]);
  };
  assert.equal(await pixel(), '255,0,0,255');
  write('static/back.svg', square('blue'));
  for (let tries = 0; await pixel() !== '0,0,255,255'; tries += 1) assert.ok(tries < 40, 'the picture of the style changed');
  await stayed(tools);
});

live('a new style in the page is there before the old one goes', async (tools) => {
  const { page, edit, write } = tools;
  await open(tools);
  write('static/other.css', 'h1 { color: rgb(9, 9, 9) }');
  await page.evaluate(() => {
    window.colours = new Set();
    const watch = () => { window.colours.add(getComputedStyle(document.querySelector('h1')).color); requestAnimationFrame(watch); };
    watch();
  });
  edit('templates/index.html', '/site.css', '/other.css');
  await page.waitForFunction(() => document.querySelectorAll('link[rel=stylesheet]').length === 1 && new URL(document.querySelector('link').href).pathname === '/other.css');
  assert.deepEqual(await page.evaluate(() => [...window.colours]), ['rgb(1, 2, 3)', 'rgb(9, 9, 9)']);
  await stayed(tools);
});

live('a picture that changed is shown anew without loading the page anew, and stays so over later edits', async (tools) => {
  const { page, write, edit, heading } = tools;
  await open(tools);
  const width = (wanted) => page.waitForFunction((wanted) => document.querySelector('#picture').naturalWidth === wanted, wanted);
  await width(20);
  write('static/picture.svg', square('blue', 30));
  await width(30);
  edit('content/_index.md', 'First', 'Second');
  await heading('Second').waitFor();
  await width(30);
  write('static/picture.svg', square('green', 40));
  await width(40);
  await stayed(tools);
});

live('a script that changed, came or went loads the page anew', async (tools) => {
  const { page, edit, write } = tools;
  const anew = () => page.waitForFunction(() => window.mark === undefined && document.readyState === 'complete');
  await open(tools);
  write('static/site.js', 'window.second = true;');
  await anew();
  await page.waitForFunction(() => window.second === true);
  await open(tools);
  edit('templates/index.html', '</head>', '<script>window.inline = true;</script></head>');
  await anew();
  assert.ok(await page.evaluate(() => window.inline));
  await open(tools);
  edit('templates/index.html', '<script>window.inline = true;</script>', '');
  await anew();
  assert.equal(await page.evaluate(() => window.inline), undefined);
});

live('a page is left alone when only others change', async (tools) => {
  const { page, edit, url } = tools;
  await open(tools, '/other/');
  await page.evaluate(() => document.addEventListener('tinso:updated', (event) => { window.updated = event.detail; }));
  edit('content/_index.md', 'First', 'Second');
  await page.waitForFunction(() => window.updated?.page === false);
  edit('content/other.md', 'Other"', 'Another"');
  await page.waitForFunction(() => window.updated?.page === true);
  assert.equal(await page.title(), 'Another');
  await stayed(tools);
});

live('a page that is deleted becomes the 404 page, and comes again', async (tools) => {
  const { path, heading, write, page } = tools;
  await open(tools, '/other/');
  await heading('Other').waitFor();
  renameSync(path('content/other.md'), path('content/kept'));
  await heading('Lost').waitFor();
  renameSync(path('content/kept'), path('content/other.md'));
  await heading('Other').waitFor();
  // Deleted and written at once it never goes.
  await page.evaluate(() => { window.mark = 'here'; });
  renameSync(path('content/other.md'), path('content/other.md~'));
  write('content/other.md', '+++\ntitle = "Saved"\n+++\n');
  await heading('Saved').waitFor();
  await stayed(tools);
});

live('errors are shown over the page and go when they are mended, without loading the page anew', async (tools) => {
  const { page, edit, heading } = tools;
  await open(tools);
  await page.fill('#name', 'typed');
  edit('content/_index.md', 'title = "First"', 'title = First"');
  await page.locator('tinso-errors .problem').first().waitFor();
  edit('content/_index.md', 'title = First"', 'title = "Mended"');
  await heading('Mended').waitFor();
  await page.locator('tinso-errors').waitFor({ state: 'detached' });
  // An error in one file stays over the page while another is edited.
  assert.equal(await page.inputValue('#name'), 'typed');
  await stayed(tools);
});

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";
live('a page with a strict content security policy is followed too', async (tools) => {
  const { page, edit, heading, write } = tools;
  const violations = [];
  page.on('console', (message) => { if (/Content.Security.Policy/i.test(message.text())) violations.push(message.text()); });
  await open(tools);
  edit('content/_index.md', 'First', 'Second');
  await heading('Second').waitFor();
  edit('static/site.css', 'rgb(1, 2, 3)', 'rgb(4, 5, 6)');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).color === 'rgb(4, 5, 6)');
  write('content/_index.md', 'broken');
  edit('content/_index.md', 'broken', '+++\ntitle = broken\n+++\n');
  await page.locator('tinso-errors .problem').first().waitFor();
  await stayed(tools);
  assert.deepEqual(violations, []);
}, (tools) => {
  small(tools);
  tools.edit('templates/index.html', '<meta charset="utf-8">', `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">`);
});

live('what scripts put into the page stays, and can be made anew when they are told', async (tools) => {
  const { page, edit, heading } = tools;
  await open(tools);
  await page.evaluate(() => {
    const found = document.createElement('ul');
    found.id = 'found';
    found.innerHTML = '<li>result</li>';
    document.querySelector('nav').append(found);
    document.addEventListener('tinso:updated', () => { window.told = (window.told ?? 0) + 1; });
  });
  edit('content/_index.md', 'First', 'Second');
  await heading('Second').waitFor();
  await page.waitForFunction(() => window.told === 1);
  assert.equal(await page.locator('#found li').innerText(), 'result');
  await stayed(tools);
});
