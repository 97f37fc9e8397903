// Brought into a gateway's process with --import: tells on stderr how much processor time its longest turn of the event
// loop took. That is how long health waits on a machine that does nothing else, and no other process adds to it.
const PROBE_EVERY_MS = 1;

let longestMs = 0;
let last = process.threadCpuUsage();

function turn(): void {
  const { user, system } = process.threadCpuUsage(last);
  longestMs = Math.max(longestMs, (user + system) / 1_000);
  setTimeout(turn, PROBE_EVERY_MS).unref();
  last = process.threadCpuUsage();
}

// Starting takes its time, and nobody is served yet.
process.on('SIGUSR2', () => {
  longestMs = 0;
  last = process.threadCpuUsage();
});
process.on('exit', () => process.stderr.write(`longest turn: ${Math.round(longestMs)} ms\n`));
turn();
