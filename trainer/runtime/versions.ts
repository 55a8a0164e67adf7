/** Versions of Python packages as their index orders them, and the conditions that one package puts on another. */

/** True for a version that is no trial: `2.21.0`, not `2.22.0rc1`. */
export function isFinal(version: string): boolean {
  return /^\d+(\.\d+)*(\.post\d+)?$/.test(version);
}

/** Below 0 where `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbers(version: string): readonly number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}

/** True where the version keeps all conditions: `>=12.5.3.2,<13.0`, `==1.2.*`, `~=1.4`, `!=2`; none are kept by all. */
export function satisfies(version: string, conditions: string): boolean {
  return conditions
    .split(',')
    .map((condition) => condition.trim())
    .filter((condition) => condition !== '')
    .every((condition) => holds(version, condition));
}

function holds(version: string, condition: string): boolean {
  const [, sign = '', wanted = ''] = /^(==|!=|>=|<=|~=|>|<)\s*(\S+)$/.exec(condition) ?? [];
  if (wanted.endsWith('.*')) {
    const same = `${version}.`.startsWith(wanted.slice(0, -1));
    return sign === '!=' ? !same : same;
  }
  const order = compareVersions(version, wanted);
  switch (sign) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '~=': {
      const family = wanted.split('.').slice(0, -1).join('.');
      return order >= 0 && `${version}.`.startsWith(`${family}.`);
    }
    default:
      return false;
  }
}

export interface Requirement {
  readonly name: string;
  readonly conditions: string;
}

/** What a package wants for an extra of its, of the `Requires-Dist` lines of its metadata. */
export function requirementsOf(metadata: string, extra: string): readonly Requirement[] {
  const lines = metadata.match(/^Requires-Dist:.*$/gm) ?? [];
  return lines.flatMap((line) => {
    const [what = '', when = ''] = line.slice('Requires-Dist:'.length).split(';');
    if (!new RegExp(`extra\\s*==\\s*["']${extra}["']`).test(when)) return [];
    const [, name = '', , conditions = ''] = /^([\w.-]+)(\[[^\]]*\])?\s*\(?([^)]*)\)?$/.exec(what.trim()) ?? [];
    return name === '' ? [] : [{ name, conditions }];
  });
}
