/**
 * Small guards for what comes in from another process or from disk. A check answers yes or no; the message that a person
 * reads is made by whoever asked, who knows where the value came from. No behaviour beyond that.
 */

export type Check = (value: unknown) => boolean;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const isText: Check = (value) => typeof value === 'string';
export const isFlag: Check = (value) => typeof value === 'boolean';
/** A finite number. */
export const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
/** A whole number from 0. */
export const isCount: Check = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
export const anything: Check = () => true;

export function isOneOf(...words: readonly (string | number)[]): Check {
  return (value) => (typeof value === 'string' || typeof value === 'number') && words.includes(value);
}

/** May be missing. JSON has no `undefined`, so a missing member and an undefined one are the same. */
export function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

export function listOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return false;
    // Not `every`: it passes over the holes of a list, however long that says it is.
    for (const each of value) if (each === undefined || !check(each)) return false;
    return true;
  };
}

export function recordOf(check: Check): Check {
  return (value) => isRecord(value) && Object.values(value).every(check);
}

/** An object with at least these members; further ones are let through, so that a newer writer can add some. */
export function shaped(members: Readonly<Record<string, Check>>): Check {
  const checks = Object.entries(members);
  return (value) => isRecord(value) && checks.every(([name, check]) => check(value[name]));
}

/** Parses JSON; `undefined` where the text is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
