/*
 * Starts the engine: the WasmGC build where the host has it, otherwise the same Java as plain JavaScript.
 *
 * TeaVM ships a runtime that builds functions from strings, which a strict Content-Security-Policy forbids. This
 * loader provides the few imports the engine really calls and nothing that needs `eval`; an import it does not know
 * becomes a function that says so. Both builds share one piece of memory with JavaScript: linear memory there, an
 * ArrayBuffer here.
 */
import { StateError } from './errors.js';

/** Which build of the engine runs. */
export type EngineKind = 'wasm' | 'js';

/** The one way into the engine: numbers in, a number out; everything else travels through the shared memory. */
export type EngineCall = (fn: number, a: number, b: number, c: number) => number;

export interface LoadedEngine {
  readonly kind: EngineKind;
  readonly call: EngineCall;
  /** Why the other build was not taken, for `auto` only. */
  readonly fallback: string | undefined;
}

/** Called with the shared memory at the start and again whenever it has moved. */
export type OnMemory = (bytes: Uint8Array) => void;

const CAPACITY_BYTES = 64 * 1024;
const CAPACITY_BYTES_MAX = 512 * 1024 * 1024;
const PAGE_BYTES = 64 * 1024;

/** The smallest module with a garbage-collected type: (module (type (struct (field i32)))). */
const GC_PROBE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x5f, 1, 0x7f, 0);

export function wasmGcSupported(): boolean {
  try {
    return typeof WebAssembly === 'object' && WebAssembly.validate(GC_PROBE);
  } catch {
    return false;
  }
}

export async function loadEngine(choice: EngineKind | 'auto', onMemory: OnMemory): Promise<LoadedEngine> {
  if (choice === 'js') return loadJs(onMemory, undefined);
  if (!wasmGcSupported()) {
    const reason = 'this host has no WebAssembly garbage collection';
    if (choice === 'auto') return loadJs(onMemory, reason);
    throw new StateError('ENGINE_UNAVAILABLE', `the wasm engine was asked for, but ${reason}; use 'auto' or 'js'`);
  }
  try {
    return await loadWasm(onMemory);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (choice === 'auto') return loadJs(onMemory, reason);
    throw new StateError('ENGINE_UNAVAILABLE', `the wasm engine does not start: ${reason}`, { cause: error });
  }
}

async function loadJs(onMemory: OnMemory, fallback: string | undefined): Promise<LoadedEngine> {
  let engine: typeof import('./engine.js');
  try {
    engine = await import('./engine.js');
  } catch (error) {
    const also = fallback === undefined ? '' : `; the wasm engine was not taken because ${fallback}`;
    throw new StateError('ENGINE_UNAVAILABLE', `the JavaScript engine does not load: ${String(error)}${also}`, {
      cause: error,
    });
  }
  engine.start(CAPACITY_BYTES, CAPACITY_BYTES_MAX, (memory) => onMemory(new Uint8Array(memory.buffer)));
  return { kind: 'js', call: engine.call, fallback };
}

async function loadWasm(onMemory: OnMemory): Promise<LoadedEngine> {
  const module = await compile(new URL('./engine.wasm', import.meta.url));
  const needs = memoryNeeds(module);
  // Below `base` is TeaVM's own data and, if any class asked for direct buffers, its heap; above it are our lanes.
  const base = needs.min * PAGE_BYTES;
  const memory = new WebAssembly.Memory({
    initial: needs.min + CAPACITY_BYTES / PAGE_BYTES,
    maximum: Math.min(32_768, needs.min + CAPACITY_BYTES_MAX / PAGE_BYTES),
  });
  const attach = (): void => onMemory(new Uint8Array(memory.buffer, base));
  const grow = (bytes: number): number => {
    try {
      memory.grow(Math.ceil((base + bytes - memory.buffer.byteLength) / PAGE_BYTES));
    } catch {
      return -1;
    }
    attach();
    return memory.buffer.byteLength - base;
  };
  const heapOffset = Math.ceil(needs.dataSize / 256) * 256;
  const instance = await WebAssembly.instantiate(module, importsOf(module, {
    env: { memory },
    gaesup: { grow },
    // Large maps hash by a secret of their own.
    teavmMath: { random: Math.random },
    teavmMemory: {
      heapOffset: constant(heapOffset),
      maxSize: constant(base - heapOffset),
      notifyHeapResized: attach,
    },
  }));
  const engine = instance.exports as unknown as { start(base: number, capacityBytes: number): void; call: EngineCall };
  attach();
  engine.start(base, CAPACITY_BYTES);
  return { kind: 'wasm', call: engine.call, fallback: undefined };
}

async function compile(url: URL): Promise<WebAssembly.Module> {
  if (url.protocol === 'file:') return WebAssembly.compile(readFile(url));
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href} answers ${response.status} ${response.statusText}`);
  // A server that does not know the type of .wasm files must not cost us the engine, only the streaming.
  return response.headers.get('content-type')?.startsWith('application/wasm')
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/** Node only; `getBuiltinModule` keeps the name of a Node module out of the bundlers' sight. */
function readFile(url: URL): Uint8Array<ArrayBuffer> {
  const node = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process;
  const fs = node?.getBuiltinModule?.('node:fs') as { readFileSync(url: URL): Uint8Array<ArrayBuffer> } | undefined;
  if (fs === undefined) throw new Error(`${url.href} cannot be read here: no fetch for file addresses`);
  return fs.readFileSync(url);
}

function memoryNeeds(module: WebAssembly.Module): { min: number; dataSize: number } {
  const [section] = WebAssembly.Module.customSections(module, 'teavm.memoryRequirements');
  if (section === undefined) throw new Error('engine.wasm does not say how much memory it needs');
  return JSON.parse(new TextDecoder().decode(section));
}

function constant(value: number): WebAssembly.Global {
  return new WebAssembly.Global({ value: 'i32', mutable: false }, value);
}

/** What the engine calls while it starts and while it makes exceptions: strings char by char, no scripts. */
const RUNTIME: WebAssembly.Imports = {
  'wasm:js-string': {
    fromCharCode: (code: number) => String.fromCharCode(code),
    concat: (first: string, second: string) => first + second,
    charCodeAt: (text: string, index: number) => text.charCodeAt(index),
    length: (text: string) => text.length,
    substring: (text: string, from: number, to: number) => text.substring(from, to),
  },
  teavm: { takeStackTrace: () => null, decorateException: () => undefined },
  teavmDate: { currentTimeMillis: () => Date.now() },
  teavmJso: {
    stringBuiltinsSupported: () => 0,
    createClass: () => ({}),
    defineFunction: (fn: unknown) => fn,
    defineStaticMethod: () => undefined,
    createFunction1: (_name: string, body: string) => {
      if (body !== 'return str;') throw new Error(`engine.wasm asks to build a function from text: ${body}`);
      return (value: unknown) => value;
    },
    callFunction1: (fn: (argument: unknown) => unknown, argument: unknown) => fn(argument),
  },
};

function importsOf(module: WebAssembly.Module, own: WebAssembly.Imports): WebAssembly.Imports {
  const imports: WebAssembly.Imports = { ...own };
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== 'function') continue;
    (imports[from] ??= {})[name] ??= RUNTIME[from]?.[name] ?? missing(`${from}.${name}`);
  }
  return imports;
}

function missing(name: string): () => never {
  return () => {
    throw new Error(`engine.wasm called ${name}, which this loader does not provide`);
  };
}
