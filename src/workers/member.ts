import cluster, { type Worker } from 'node:cluster';
import { closeLostConnections } from './close-lost-connections.ts';
import { Line } from './line.ts';
import { type Address, LISTENING } from './topics.ts';

/** How the process of a worker ended: one of both is `null`. */
export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
}

/** One worker, from its start to its end, as the primary sees it. */
export class Member {
  /** From 0; another worker takes the place when this one has ended. */
  readonly place: number;
  readonly line: Line;
  readonly ended: Promise<Ending>;
  /** Resolves when it serves; never, if it does not come to that. */
  readonly serving: Promise<Address>;
  hasServed = false;
  readonly #worker: Worker;
  readonly #startedAt = performance.now();

  /** Starts the process. */
  constructor(place: number) {
    const worker = cluster.fork();
    this.place = place;
    this.#worker = worker;
    this.line = new Line(worker);
    this.ended = new Promise((resolve) => {
      worker.once('exit', (code: number | null, signal: string | null) => resolve({ code, signal }));
      // A process that could not even be started has no exit.
      worker.on('error', () => {
        if (worker.process.pid === undefined) resolve({ code: 1, signal: null });
      });
    });
    closeLostConnections(worker.process, this.ended);
    this.serving = new Promise((resolve) => {
      this.line.serve(LISTENING, (address) => {
        this.hasServed = true;
        resolve(address);
        return null;
      });
    });
  }

  get pid(): number | undefined {
    return this.#worker.process.pid;
  }

  get livedMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** Ends it in the middle of whatever it does. */
  kill(): void {
    this.#worker.process.kill('SIGKILL');
  }
}
