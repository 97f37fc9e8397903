/** Random numbers that a seed determines. */
export interface Random {
  /** Uniform in [0, 1). */
  (): number;
}

/** Mulberry32: small, fast, good enough to choose faults. @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function createRandom(...seeds: ReadonlyArray<string | number>): Random {
  let state = hash(seeds.join('/'));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of these, each as likely as the others. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}

// FNV-1a.
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return state;
}
