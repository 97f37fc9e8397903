import { pino } from 'pino';
import type { PlainFields } from '../shared/logger.ts';
import type { LineTarget } from './scrub-lines.ts';

const START = '{"level":30';
const END = '}\n';

/** Makes the function that writes the line of an operation: the one that pino writes of it, to the byte, but all fields in one go. */
export function createOperationWriter(target: LineTarget): (fields: PlainFields) => void {
  const head = `${START},"time":`;
  const origin = describeOrigin();
  return (fields) => {
    const members = JSON.stringify(fields).slice(1, -1);
    target.write(`${head}${Date.now()}${origin},${members},"msg":"operation"${END}`);
  };
}

/** What pino tells in each line of where it comes from: `,"pid":…,"hostname":"…"`. */
function describeOrigin(): string {
  let bare = '';
  const target: LineTarget = {
    write: (line) => {
      bare = line;
    },
  };
  pino({ timestamp: false }, target).info({});
  return bare.slice(START.length, -END.length);
}
