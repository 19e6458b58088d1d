/** Vue's view of a store: a ref that follows the value behind a handle. */
import { type Ref, customRef, getCurrentScope, onScopeDispose } from 'vue';
import type { Handle } from './store.js';

/** A ref of the value behind the handle, writable like any other; it lets go when its component or scope ends. */
export function useValue<T>(handle: Handle<T>): Ref<T> {
  return customRef((track, trigger) => {
    const stop = handle.subscribe(trigger);
    if (getCurrentScope() !== undefined) onScopeDispose(stop);
    return {
      get() {
        track();
        return handle.value;
      },
      set(value) {
        handle.set(value);
      },
    };
  });
}
