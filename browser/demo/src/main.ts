/* Starts the engine, connects both stores, and lets React, Vue and plain JavaScript each draw their part of them. */
import { start } from '@gaesup/state';

try {
  // ?engine=js takes the build for browsers without WebAssembly's garbage collection.
  const asked = new URLSearchParams(location.search).get('engine');
  await start({ engine: asked === 'js' || asked === 'wasm' ? asked : 'auto' });
  const { show } = await import('./page.js');
  show();
} catch (error) {
  const problem = document.getElementById('problem')!;
  problem.textContent = `This page could not start: ${error instanceof Error ? error.message : String(error)}`;
  problem.hidden = false;
  throw error;
}
