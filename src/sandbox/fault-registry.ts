import { type ApiRequest, apiPath, endpointOf } from './endpoints.ts';
import { type FaultAction, type FaultRule, type Faults, type FaultsInput, faultsSchema } from './faults.ts';
import { RateWindow } from './rate-window.ts';

interface ArmedRule {
  rule: FaultRule;
  seen: number;
  hits: number;
}

/** Holds the switches, and the counts that they need. */
export class FaultRegistry {
  readonly #atStart: Faults;
  #current: Faults;
  #armed: ArmedRule[] = [];
  #window = new RateWindow();
  #searches = 0;

  /** Throws a `ZodError` when `atStart` is not a valid set of switches. */
  constructor(atStart: FaultsInput = {}) {
    this.#atStart = faultsSchema.parse(atStart);
    this.#current = this.#atStart;
    this.replace(this.#atStart);
  }

  get current(): Faults {
    return this.#current;
  }

  /** Sets every switch at once, arms its rules afresh, and opens a new rate window and a new quota of searches. */
  replace(faults: Faults): void {
    this.#current = faults;
    this.#armed = faults.rules.map((rule) => ({ rule, seen: 0, hits: 0 }));
    this.#window = new RateWindow();
    this.#searches = 0;
  }

  /** Back to what the sandbox was started with. */
  reset(): void {
    this.replace(this.#atStart);
  }

  /** Counts a call when the rate window is on; gives the seconds to wait when it is one too many. */
  countCall(): number | undefined {
    const { perMinute } = this.#current.rate;
    return perMinute === 0 ? undefined : this.#window.count(perMinute);
  }

  /** Counts a search; false when the quota for searches was used up before. */
  countSearch(): boolean {
    const { quota } = this.#current.search;
    this.#searches += 1;
    return quota === 0 || this.#searches <= quota;
  }

  /** The action of the first rule that hits this request, counted as a hit. */
  take(request: ApiRequest): FaultAction | undefined {
    const armed = this.#armed.find((candidate) => isHit(candidate, request));
    if (armed === undefined) return undefined;
    armed.hits += 1;
    return armed.rule.action;
  }
}

function isHit(armed: ArmedRule, request: ApiRequest): boolean {
  const { rule } = armed;
  if (!matches(rule.match, request)) return false;
  const turn = armed.seen - rule.skip;
  armed.seen += 1;
  return turn >= 0 && turn % rule.every === 0 && armed.hits < (rule.times ?? Infinity);
}

function matches(match: FaultRule['match'], request: ApiRequest): boolean {
  return (
    (match.method === undefined || match.method === request.method) &&
    (match.path === undefined || apiPath(request).startsWith(match.path)) &&
    (match.endpoint === undefined || match.endpoint === endpointOf(request))
  );
}
