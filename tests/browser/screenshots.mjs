// Not a test: screenshots of pages in both languages, three widths, light and dark.
//   node tests/browser/screenshots.mjs FOLDER [ENGLISH ADDRESS …]      e.g. /en/ /en/indicators/telephone-density/
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { english, launch, startPortal, twin } from './portal.mjs';

const [folder, ...chosen] = process.argv.slice(2);
if (!folder) { console.error('usage: node screenshots.mjs FOLDER [ENGLISH ADDRESS …]'); process.exit(2); }
mkdirSync(folder, { recursive: true });
const portal = await startPortal();
const browser = await launch();
try {
  for (const address of chosen.length ? chosen : english) {
    const name = address.replace(/^\/en\//, '').replace(/\/$/, '').replaceAll('/', '-') || 'home';
    for (const colorScheme of ['light', 'dark']) {
      for (const width of [360, 768, 1280]) {
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
        const page = await context.newPage();
        for (const [lang, path] of [['vi', twin(portal, address)], ['en', address]]) {
          await page.goto(portal.url + path, { waitUntil: 'networkidle' });
          await page.screenshot({ path: join(folder, `${name}-${lang}-${width}-${colorScheme}.png`), fullPage: true });
        }
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  portal.stop();
}
