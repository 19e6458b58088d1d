// Runs the cases, or the contract cases, in this Node: node.js <wasm|js> [folder of the contract engine]
import { pathToFileURL } from 'node:url';
import { start } from '@gaesup/state';
import { runCases } from './cases.js';
import { runContract } from './contract.js';

const [engine, contract] = process.argv.slice(2);
if (contract === undefined) {
  const { kind } = await start({ engine });
  if (kind !== engine) throw new Error(`asked for the ${engine} engine, got ${kind}`);
  for (const line of runCases()) console.log(line);
} else {
  process.stdout.write(await runContract(pathToFileURL(contract).href, engine));
}
