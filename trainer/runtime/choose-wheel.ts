/** Which of the wheels that are offered is taken, or why none. */
import { Failure } from '../failure.ts';
import type { Fetch } from '../net/address.ts';
import { type WheelFile, wheelsOf } from './package-index.ts';
import type { PackageSources } from './pip-config.ts';
import { fits, type Machine } from './platform.ts';
import { compareVersions, isFinal, satisfies } from './versions.ts';

export interface ChoiceDeps {
  readonly sources: PackageSources;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  readonly machine: Machine;
}

/** The newest wheel of the first of these packages that has one for this machine. */
export async function chooseWheel(
  names: readonly string[],
  conditions: string,
  { sources, fetch, signal, machine }: ChoiceDeps,
): Promise<WheelFile> {
  const asked: string[] = [];
  for (const name of names) {
    const offers = await wheelsOf(name, sources, fetch, signal);
    asked.push(...offers.asked);
    const best = newest(
      offers.wheels.filter((each) => isFinal(each.version) && satisfies(each.version, conditions)),
      machine,
    );
    if (best) return best;
  }
  const { platform, arch, glibc } = machine;
  const system = `${platform} ${arch}${glibc === undefined ? '' : ` with glibc ${glibc}`}`;
  throw new Failure(
    'train/install',
    `No wheel of ${names.join(' or ')}${conditions === '' ? '' : ` (${conditions})`} for ${system} was found. Asked were ${asked.join('; ') || 'no places'}. The index is the one that pip uses (PIP_INDEX_URL, pip.conf) or the setting modelwright.packageIndex; a folder with the wheel does as well: --from=FOLDER.`,
  );
}

function newest(wheels: readonly WheelFile[], machine: Machine): WheelFile | undefined {
  const able = wheels.filter((wheel) => fits(wheel.platform, machine));
  // Among wheels of one version those with a checksum come first; their libraries are the same for every Python.
  const order = (a: WheelFile, b: WheelFile): number =>
    compareVersions(b.version, a.version) || Number(b.sha256 !== undefined) - Number(a.sha256 !== undefined);
  return [...able].sort(order)[0];
}
