// Runs the cases, or the contract cases, in this Node: node.js <wasm|js> [folder of the contract engine]
import { pathToFileURL } from 'node:url';
import { start } from '@gaesup/state';
import { fallbackLine, runBreakdown, runCases } from './cases.js';
import { runContract } from './contract.js';

const [engine, contract] = process.argv.slice(2);
if (contract === undefined) {
  const lines = [];
  if (engine === 'js' && Number(process.versions.node.split('.')[0]) < 22) lines.push(...(await withoutWasmGc()));
  const { kind } = await start({ engine });
  if (kind !== engine) throw new Error(`asked for the ${engine} engine, got ${kind}`);
  const runtime = await import(new URL('runtime.js', import.meta.resolve('@gaesup/state')));
  for (const line of [...lines, ...runCases(), runBreakdown(runtime)]) console.log(line);
} else {
  process.stdout.write(await runContract(pathToFileURL(contract).href, engine));
}

/** A refused start leaves the door open for another one. */
async function withoutWasmGc() {
  const refusal = await start({ engine: 'wasm' }).then(() => undefined, (error) => error.code);
  return [
    refusal === 'ENGINE_UNAVAILABLE' ? 'ok wasmIsRefusedByName' : `FAIL wasmIsRefusedByName: found ${refusal}`,
    fallbackLine(await start(), 'no WebAssembly garbage collection'),
  ];
}
