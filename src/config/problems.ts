/** What is wrong with an environment, in words that never hold a secret's value. */
export class Problems {
  readonly #texts: string[] = [];
  readonly #variables = new Set<string>();

  /** Adds what is wrong with a variable: a phrase to stand after its name. */
  add(variable: string, phrase: string): void {
    this.#variables.add(variable);
    this.#texts.push(`${variable} ${phrase}`);
  }

  /** Adds what is wrong inside of the list that a variable holds: a phrase that begins with the place in it. */
  addInside(variable: string, phrase: string): void {
    this.#variables.add(variable);
    this.#texts.push(`${variable}: ${phrase}`);
  }

  /** Adds that a variable must be set, unless it is set and what is wrong with it is named. */
  addMissing(variable: string, phrase: string): void {
    if (!this.has(variable)) this.add(variable, phrase);
  }

  /** Whether anything is wrong with a variable, or with the file that it should come from. */
  has(variable: string): boolean {
    return this.#variables.has(variable) || this.#variables.has(`${variable}_FILE`);
  }

  get texts(): readonly string[] {
    return this.#texts;
  }
}
