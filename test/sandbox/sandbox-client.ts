import { onTestFinished } from 'vitest';
import type { FaultsInput } from '../../src/sandbox/faults.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { collectionAnswer, listAnswer, type WireCollection } from './reference-shapes.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

export interface RequestOptions {
  body?: unknown;
  authorization?: string | null;
  signal?: AbortSignal;
}

/** Speaks to a running sandbox as any REST client would. */
export class SandboxClient {
  readonly sandbox: Sandbox;
  readonly origin: string;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
    this.origin = new URL(sandbox.url).origin;
  }

  async call(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    const { key, secret } = this.sandbox.credentials;
    const { authorization = `Basic ${btoa(`${key}:${secret}`)}` } = options;
    const url = path.startsWith('/__') ? this.origin + path : this.sandbox.url + path;
    const response = await fetch(url, {
      method,
      headers: { ...(authorization !== null && { authorization }), 'content-type': 'application/json' },
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
      ...(options.signal && { signal: options.signal }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  }

  async create(name = 'Autumn Props'): Promise<WireCollection> {
    const { body } = await this.call('POST', '/collections', { body: { name } });
    return collectionAnswer.parse(body).collection;
  }

  async get(id: string): Promise<WireCollection> {
    return collectionAnswer.parse((await this.call('GET', `/collections/${id}`)).body).collection;
  }

  async list(
    query = '',
  ): Promise<{ collections: WireCollection[]; nextPaginationToken?: string | undefined }> {
    return listAnswer.parse((await this.call('GET', `/collections${query}`)).body);
  }

  async setFaults(faults: FaultsInput): Promise<void> {
    const { status, text } = await this.call('PUT', '/__faults', { body: faults });
    if (status !== 200) throw new Error(text);
  }
}

/** A sandbox that lives as long as the test; empty unless the options ask for a seed. */
export async function openSandbox(options: SandboxOptions = {}): Promise<SandboxClient> {
  const sandbox = await startSandbox({ seedCount: 0, ...options });
  onTestFinished(() => sandbox.close());
  return new SandboxClient(sandbox);
}

/** Distinct ids of one kind. */
export function ids(kind: 'asset' | 'model', count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${kind}_${index}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
