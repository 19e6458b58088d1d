// Runs the cases in this Node, on the engine named by the first argument.
import { start } from '@gaesup/state';
import { runCases } from './cases.js';

const { kind } = await start({ engine: process.argv[2] });
if (kind !== process.argv[2]) throw new Error(`asked for the ${process.argv[2]} engine, got ${kind}`);
for (const line of runCases()) console.log(line);
