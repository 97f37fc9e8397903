import { createRedactor } from '../shared/redactor.ts';

/** What takes lines of the log, each with its end. */
export interface LineTarget {
  write(line: string): void;
}

/** Takes secrets out of lines of JSON on their way, wherever they stand; what changes are texts in them, so that each stays JSON. */
export function scrubLines(secrets: readonly string[], target: LineTarget): LineTarget {
  const redact = createRedactor(secrets);
  const scrub = (_key: string, value: unknown): unknown =>
    typeof value === 'string' ? redact(value) : value;
  return {
    write: (line) => {
      const isClean = redact(line) === line;
      target.write(isClean ? line : `${JSON.stringify(JSON.parse(line, scrub))}\n`);
    },
  };
}
