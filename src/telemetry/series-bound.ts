type Labels = Readonly<Record<string, string | number>>;

/** What every label but the first says in a combination that comes too late. */
const OVERFLOW = 'other';

/** Lets as many combinations of labels in as there may be; later ones count as `other` in every label but the first. */
export class SeriesBound {
  readonly #maxSeries: number;
  readonly #known = new Set<string>();

  constructor(maxSeries: number) {
    this.#maxSeries = maxSeries;
  }

  /** The labels to count under. */
  admit(labels: Labels): Record<string, string | number> {
    const [first, ...others] = Object.entries(labels);
    if (!first || others.every(([, value]) => value === OVERFLOW)) return { ...labels };
    const key = Object.values(labels).join(' ');
    if (this.#known.has(key)) return { ...labels };
    if (this.#known.size >= this.#maxSeries) {
      return Object.fromEntries([first, ...others.map(([name]) => [name, OVERFLOW])]);
    }
    this.#known.add(key);
    return { ...labels };
  }
}
