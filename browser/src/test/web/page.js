// The page of the tests: what it runs stands in its address, what came of it in window.result.
import { start } from '@gaesup/state';
import { runAdapters } from './adapters.js';
import { fallbackLine, runBreakdown, runCases } from './cases.js';
import { runContract } from './contract.js';

const query = new URLSearchParams(location.search);
const engine = query.get('engine');

function evalIsForbidden() {
  try {
    return new Function('return false')();
  } catch {
    return true;
  }
}

async function run() {
  if (query.get('run') === 'contract') return { report: await runContract('/contract', engine) };
  if (query.get('run') === 'fallback') return { lines: [fallbackLine(await start(), 'Content Security Policy')] };
  const { kind } = await start({ engine });
  const lines = [
    kind === engine ? 'ok theEngineAskedForRuns' : `FAIL theEngineAskedForRuns: got ${kind}`,
    evalIsForbidden() ? 'ok thePageForbidsEval' : 'FAIL thePageForbidsEval: the test proves nothing',
    ...runCases(),
    ...(await runAdapters()),
    runBreakdown(await import('@gaesup/state/runtime')),
  ];
  return { lines };
}

window.result = await run().catch((error) => ({ error: String(error?.stack ?? error) }));
