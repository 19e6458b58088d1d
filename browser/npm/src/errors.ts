/** What went wrong, with a stable {@link code} that is the same here, on the wire and in the server. */
export class StateError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message.startsWith(code) ? message : `${code}: ${message}`, options);
    this.name = 'StateError';
    this.code = code;
  }
}

/** Hands an error nobody waits for to the page's own error handling, after the current work is done. */
export function report(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  else queueMicrotask(() => { throw error; });
}
