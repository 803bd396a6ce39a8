// Builds the sample portal or another site, serves it under a strict content security policy, and opens it in Chromium.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const tinso = process.env.TINSO ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug/tinso');
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml',
  '.xml': 'application/xml', '.woff2': 'font/woff2', '.png': 'image/png', '.json': 'application/json', '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

export async function startPortal(source = root) {
  // The sample portal may be there already, see run.mjs.
  if (source === root && process.env.TINSO_PORTAL) return { ...JSON.parse(process.env.TINSO_PORTAL), stop() {} };
  const folder = join(mkdtempSync(join(tmpdir(), 'tinso-')), 'public');
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    let file = join(folder, path);
    let status = 200;
    try {
      if (statSync(file).isDirectory()) file = join(file, 'index.html');
      statSync(file);
    } catch {
      file = join(folder, path.startsWith('/en/') ? 'en/404.html' : '404.html');
      status = 404;
    }
    const type = types[extname(file)] ?? 'application/octet-stream';
    // As a portal is served: text packed, and what pages bring along asked for once.
    const packed = /text|xml|json/.test(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    response.writeHead(status, {
      'content-type': type, 'content-security-policy': policy, 'cache-control': /\.(css|js|woff2)$/.test(file) ? 'max-age=31536000' : 'no-cache',
      vary: 'accept-encoding', ...(packed && { 'content-encoding': 'gzip' }),
    });
    const bytes = readFileSync(file);
    response.end(packed ? gzipSync(bytes) : bytes);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${server.address().port}`;
  const stop = () => { server.close(); server.closeAllConnections(); rmSync(join(folder, '..'), { recursive: true }); };
  try {
    execFileSync(tinso, ['build', '--root', source, '--base-url', url, '--output-dir', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    stop();
    throw error;
  }
  return { url, folder, stop };
}

export const launch = () => chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

// English addresses of one page of every kind; `bilingual` adds their Vietnamese twins by the pages' own links.
export const english = [
  '/en/', '/en/news/', '/en/news/page/2/', '/en/news/hue-2017-programme/', '/en/indicators/', '/en/indicators/telephone-density/',
  '/en/indicators/mobile-subscribers/', '/en/indicators/online-procedures-share/', '/en/topics/', '/en/topics/telecommunications/', '/en/about/',
  '/en/contact/', '/en/accessibility/', '/en/archive/', '/en/archive/2023/', '/en/agencies/', '/en/agencies/ministry-of-information-and-communications/', '/en/authors/',
];

export const pageFile = (folder, address) => join(folder, decodeURIComponent(address), address.endsWith('/') ? 'index.html' : '');

export function twin(portal, address) {
  const links = elements(readFileSync(pageFile(portal.folder, address), 'utf8')).filter(({ name }) => name === 'link');
  return new URL(links.find(({ attributes }) => attributes.hreflang === 'vi').attributes.href).pathname;
}

export const bilingual = (portal) => english.flatMap((address) => [address, twin(portal, address)]);

export function htmlFiles(folder) {
  return readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html')).sort();
}

// The start tags of a page with their attributes, whether quoted or not.
export function elements(html) {
  const attribute = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/g;
  const tags = html.replace(/<!--.*?-->/gs, '').matchAll(/<([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/g);
  return [...tags].map(([, name, rest]) => ({
    name: name.toLowerCase(),
    attributes: Object.fromEntries([...rest.matchAll(attribute)].map(([, key, ...values]) => [key.toLowerCase(), unescape(values.find((value) => value !== undefined) ?? '')])),
  }));
}

export const unescape = (text) => text
  .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, digits) => String.fromCodePoint(parseInt(digits, hex ? 16 : 10)))
  .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');

// A page's text in one line, without the spaces that do not break.
export const plain = (text) => text.replace(/[\s\u00a0]+/g, ' ').trim();
