// Sites under `tinso serve`, edited while their pages are open in Chromium.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { tinso } from './portal.mjs';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// A site that `make` puts into a folder, under `tinso serve` while `body` runs.
export async function served(browser, make, body) {
  const folder = mkdtempSync(join(tmpdir(), 'tinso-'));
  const site = join(folder, 'site');
  const path = (name) => join(site, name);
  const write = (name, content) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), content);
  };
  const edit = (name, from, to) => {
    const text = readFileSync(path(name), 'utf8');
    assert.ok(text.includes(from), `${name} has ${from}`);
    writeFileSync(path(name), text.replace(from, to));
  };
  const remove = (name) => rmSync(path(name), { recursive: true });
  const tools = { site, path, write, edit, remove };
  make(tools);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(tinso, ['serve', '--root', site, '--port', String(port)], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  try {
    for (let tries = 0; ; tries += 1) {
      try { await fetch(url); break; } catch (error) { if (tries > 200) throw error; await new Promise((done) => setTimeout(done, 50)); }
    }
    const context = await browser.newContext();
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const failures = [];
    page.on('pageerror', (error) => failures.push(error));
    await body({ ...tools, page, url, heading: (name) => page.getByRole('heading', { level: 1, name, exact: true }) });
    await context.close();
    assert.deepEqual(failures, [], 'no script failed');
    assert.ok(!existsSync(path('public')), 'serve writes nothing');
  } finally {
    server.kill();
    await ended;
    rmSync(folder, { recursive: true });
  }
}

// The portal that `tinso init` makes.
export const portal = ({ site }) => execFileSync(tinso, ['init', site], { stdio: 'ignore' });
