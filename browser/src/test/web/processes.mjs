/* Programs that a test starts, reads, kills and waits for. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const MILLIS_MAX = 60_000;
const running = new Set();

export class Program {
  output = '';
  #process;
  #waiting = new Set();

  constructor(command, ...args) {
    const [executable, ...first] = command;
    this.#process = spawn(executable, [...first, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(this);
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        this.output += `${line}\n`;
        for (const check of [...this.#waiting]) check();
      });
    }
    this.ended = once(this.#process, 'close').then(([code, signal]) => {
      running.delete(this);
      for (const check of [...this.#waiting]) check(true);
      return signal ?? code;
    });
  }

  /** What `pattern` finds in the output, as soon as it is there. */
  said(pattern) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => done(reject, new Error(`not said within ${MILLIS_MAX} ms: ${pattern} in\n${this.output}`)), MILLIS_MAX);
      const done = (settle, value) => {
        clearTimeout(timer);
        this.#waiting.delete(check);
        settle(value);
      };
      const check = (ended) => {
        const found = this.output.match(pattern);
        if (found) done(resolve, found);
        else if (ended) done(reject, new Error(`ended without ${pattern}:\n${this.output}`));
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** Ends it with that signal; the exit code or the signal it died of. */
  end(signal = 'SIGTERM') {
    this.#process.kill(signal);
    return this.ended;
  }
}

/** Whatever still runs, killed: for the end of a test that failed half way. */
export async function endAll() {
  await Promise.all([...running].map((program) => program.end('SIGKILL')));
}
