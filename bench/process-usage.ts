import { existsSync, readFileSync } from 'node:fs';

/** What a process has used so far. */
export interface ProcessUsage {
  /** User and system time of all its threads, in microseconds. */
  readonly cpuUs: number;
  readonly rssMb: number;
}

/** Whether processor time can be read here at all. */
export const hasProcessUsage = existsSync('/proc/self/stat');

// What Linux counts in, whatever the processor.
const US_PER_TICK = 10_000;
// Places behind the name, which may hold spaces itself.
const USER = 11;
const SYSTEM = 12;

/** Reads what a process has used, from /proc. */
export function readUsage(pid: number): ProcessUsage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const at = (index: number) => Number(fields[index]);
  return {
    cpuUs: (at(USER) + at(SYSTEM)) * US_PER_TICK,
    rssMb: rssKb(pid) / 1_024,
  };
}

/** Processor time that the machine has spent so far on anything, in microseconds. */
export function readMachineUs(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
  const [user = 0, nice = 0, system = 0, _idle, _wait, irq = 0, softirq = 0, steal = 0] = line
    .split(/ +/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) * US_PER_TICK;
}

function rssKb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
