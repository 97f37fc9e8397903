import { type GatewayProcess, startProcess } from '../bundle/gateway-process.ts';

/** One replica of the gateway, from its start to its end. */
export interface Replica {
  readonly process: GatewayProcess;
  /** Whether it was ended without a warning, so that what it was doing may have come to nothing. */
  isKilled: boolean;
  /** What its readiness probe said last. */
  isReady: boolean;
}

/** Replicas of the built gateway, each in its place; a new one takes the place of one that ended. */
export class Fleet {
  readonly replicas: Replica[];
  readonly #env: Readonly<Record<string, string>>;

  private constructor(replicas: Replica[], env: Readonly<Record<string, string>>) {
    this.replicas = replicas;
    this.#env = env;
  }

  static async start(size: number, env: Readonly<Record<string, string>>): Promise<Fleet> {
    const replicas = await Promise.all(Array.from({ length: size }, () => startReplica(env)));
    return new Fleet(replicas, env);
  }

  /** Asks a replica to stop, lets it finish and starts another. @throws when it does not end well */
  async roll(place: number): Promise<void> {
    const { process } = this.#at(place);
    process.signal('SIGTERM');
    const { code, stderr } = await process.ending;
    if (code !== 0 || stderr !== '') throw new Error(`a rolled replica ended with ${code}: ${stderr}`);
    this.replicas[place] = await startReplica(this.#env);
  }

  /** Ends a replica in the middle of whatever it does and starts another. */
  async kill(place: number): Promise<void> {
    const replica = this.#at(place);
    replica.isKilled = true;
    replica.process.signal('SIGKILL');
    await replica.process.ending;
    this.replicas[place] = await startReplica(this.#env);
  }

  /** Asks each replica whether it is ready. */
  async probe(): Promise<void> {
    await Promise.all(
      this.replicas.map(async (replica) => {
        const url = new URL('/readyz', replica.process.url);
        replica.isReady = await fetch(url).then(
          ({ ok }) => ok,
          () => false,
        );
      }),
    );
  }

  #at(place: number): Replica {
    const replica = this.replicas[place];
    if (!replica) throw new Error(`there is no replica ${place}`);
    return replica;
  }
}

async function startReplica(env: Readonly<Record<string, string>>): Promise<Replica> {
  return { process: await startProcess(env), isKilled: false, isReady: false };
}
