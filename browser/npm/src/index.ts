export { type ConnectOptions, Connection, type Status, connect } from './connect.js';
export { StateError } from './errors.js';
export type { EngineKind } from './loader.js';
export { type Started, start } from './runtime.js';
export { Handle, Store, store } from './store.js';
export { type At, Extension, type Row, type Value } from './values.js';
