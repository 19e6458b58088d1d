/** React's view of a store: components re-render when the value behind a handle changes. */
import { useSyncExternalStore } from 'react';
import type { Handle } from './store.js';

/** The value behind the handle. Give it the same handle each time: `store.at(path)` returns the same for a path. */
export function useValue<T>(handle: Handle<T>): T {
  return useSyncExternalStore(handle.subscribe, handle.read, handle.read);
}
