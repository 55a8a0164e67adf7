/** What the scripts print: one line a step, times in seconds, the same shape everywhere. */

const started = performance.now();

/** Prints one line of progress. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** Seconds since `from` (a `performance.now()`; left out: since the script began), as people read them. */
export function seconds(from = started) {
  return `${((performance.now() - from) / 1000).toFixed(1)} s`;
}

/** Ends the script with a message and no stack: what failed was not the script. */
export function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
