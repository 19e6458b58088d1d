/** The engine as TeaVM's JavaScript backend writes it. */
export function start(capacityBytes: number, capacityBytesMax: number, moved: (memory: Int8Array) => void): void;
export function call(fn: number, a: number, b: number, c: number): number;
