// Builds the sample portal, serves it under a strict content security policy, and opens it in Chromium.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync, rmSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const tinso = process.env.TINSO ?? join(root, 'target/debug/tinso');
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.xml': 'application/xml',
  '.woff2': 'font/woff2', '.json': 'application/json', '.csv': 'text/csv; charset=utf-8', '.txt': 'text/plain; charset=utf-8',
};

export async function startPortal() {
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
    response.writeHead(status, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy });
    response.end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${server.address().port}`;
  execFileSync(tinso, ['--root', root, 'build', '--base-url', url, '--output-dir', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  return { url, folder, stop: () => { server.close(); server.closeAllConnections(); rmSync(join(folder, '..'), { recursive: true }); } };
}

export const launch = () => chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

export function htmlFiles(folder) {
  return readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html')).sort();
}

// A page's text in one line, without the spaces that do not break.
export const plain = (text) => text.replace(/[\s\u00a0]+/g, ' ').trim();
