// Runs all browser tests on one build of the sample portal. A file of tests that runs by itself makes its own.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, startPortal } from './portal.mjs';

const folder = join(root, 'tests/browser');
const files = readdirSync(folder).filter((name) => name.endsWith('.test.mjs')).sort().map((name) => join(folder, name));
const portal = await startPortal();
const env = { ...process.env, TINSO_PORTAL: JSON.stringify({ url: portal.url, folder: portal.folder }) };
const tests = spawn(process.execPath, ['--test', '--test-concurrency=2', '--test-reporter=spec', ...files], { stdio: ['ignore', 'inherit', 'inherit'], env });
tests.on('exit', (code) => { portal.stop(); process.exitCode = code ?? 1; });
