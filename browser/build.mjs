/*
 * Builds the npm package from the TypeScript sources and the two engines that TeaVM has put into target/engine, and
 * copies it to where the jar takes it from. Installs the tools first, but only when the lock file has changed.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const home = import.meta.dirname;
const dist = join(home, 'npm/dist');
const engines = join(home, 'target/engine');
const resources = join(home, 'target/classes/META-INF/resources/gaesup');

installTools();
rmSync(dist, { recursive: true, force: true });
run(join(home, 'node_modules/.bin/tsc'), ['-p', join(home, 'npm')]);
run(join(home, 'node_modules/.bin/tsc'), ['-p', join(home, 'examples')]);
for (const engine of ['engine.wasm', 'engine.js']) cpSync(join(engines, engine), join(dist, engine));
publishToJar();
await buildDemo();

function installTools() {
  const lock = createHash('sha256').update(readFileSync(join(home, 'package-lock.json'))).digest('hex');
  const mark = join(home, 'node_modules/.installed-from');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(mark, lock);
}

/** `index.js` is `state.js` there: the page without a build step imports `/gaesup/state.js`. */
function publishToJar() {
  rmSync(resources, { recursive: true, force: true });
  mkdirSync(resources, { recursive: true });
  for (const file of readdirSync(dist)) {
    if (!file.endsWith('.d.ts')) cpSync(join(dist, file), join(resources, file));
  }
  writeFileSync(join(resources, 'state.js'), "export * from './index.js';\n");
}

/** The page of `gaesup demo`, and the recorded data for it. Its tools are there only now. */
async function buildDemo() {
  run(join(home, 'node_modules/.bin/tsc'), ['-p', join(home, 'demo')]);
  const demo = await import('./demo/build.mjs');
  await demo.build({
    page: join(home, 'target/classes/META-INF/resources/demo'),
    data: join(home, 'target/classes/gaesup-demo'),
    engines,
  });
}

function run(command, args) {
  execFileSync(command, args, { cwd: home, stdio: 'inherit' });
}
