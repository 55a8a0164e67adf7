/**
 * A disk that ends the process at one of its own operations, as `kill -9` in the middle of it would. It is asked for by
 * `MODELWRIGHT_TORTURE=N:before`, `N:half` or `N:after` (the N-th change of the disk); without a number changes are only counted.
 * Imported before the trainer, so that the trainer itself knows nothing of it.
 */
import { type Disk, realDisk } from '../../trainer/run/disk.ts';

const [number = '', how = 'half'] = (process.env.MODELWRIGHT_TORTURE ?? '').split(':');
const last = number === '' ? Number.POSITIVE_INFINITY : Number(number);
let done = 0;

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal comes with the return of the call; should it come later, nothing more happens.
  for (;;);
}

/** Counts a change, and ends the process before, within or after it, where it is the one. */
function change(act: () => void, half?: () => void): void {
  done += 1;
  if (done !== last) {
    act();
    return;
  }
  if (how === 'before') die();
  if (how === 'half' && half !== undefined) {
    half();
    die();
  }
  act();
  die();
}

const own: Disk = { ...realDisk };
const firstHalf = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, Math.floor(bytes.length / 2));

Object.assign(realDisk, {
  write: (path, parts) =>
    change(
      () => own.write(path, parts),
      () => own.write(path, [firstHalf(Buffer.concat(parts))]),
    ),
  cut: (path, length) => change(() => own.cut(path, length)),
  rename: (from, to) => change(() => own.rename(from, to)),
  makeFolder: (path) => change(() => own.makeFolder(path)),
  remove: (path) => change(() => own.remove(path)),
  appender(path) {
    const appender = own.appender(path);
    return {
      ...appender,
      append: (bytes) =>
        change(
          () => appender.append(bytes),
          () => appender.append(firstHalf(bytes)),
        ),
    };
  },
} satisfies Partial<Disk>);

process.on('exit', () => process.stderr.write(`changes ${done}\n`));
