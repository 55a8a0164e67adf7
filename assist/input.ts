/** Reading a tool's input. Assistants guess names and types of arguments: a wrong one is told in words. */
import type { PropertySchema, ToolInfo } from './tool.ts';

export type ToolInput = Readonly<Record<string, unknown>>;

export type ReadInput =
  | { readonly ok: true; readonly value: ToolInput }
  | { readonly ok: false; readonly message: string };

/** The input where it fits the tool, else a sentence about the first thing that does not. */
export function readInput(tool: ToolInfo, input: unknown): ReadInput {
  const given: ToolInput = isObject(input) ? input : {};
  const { properties, required = [] } = tool.input;
  const names = Object.keys(properties);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    return { ok: false, message: `${tool.name} takes ${names.join(', ')}, but got \`${shortened(unknown)}\`.` };
  }
  const missing = required.find((name) => given[name] === undefined);
  if (missing !== undefined) {
    return { ok: false, message: `${tool.name} needs \`${missing}\`: ${properties[missing]?.description ?? ''}` };
  }
  for (const [name, property] of Object.entries(properties)) {
    const value = given[name];
    if (value === undefined) continue;
    if (!fits(value, property)) {
      return {
        ok: false,
        message: `${tool.name} takes ${typeText(property)} as \`${name}\`, but got ${shown(value)}. ${property.description}`,
      };
    }
    const tooLong = whyTooLong(tool, name, value);
    if (tooLong !== undefined) return { ok: false, message: tooLong };
  }
  return { ok: true, value: given };
}

/** Letters of a program, as of one in a file; and of any other text. */
const MOST = { text: 8 * 1024 * 1024, other: 4096 } as const;

function whyTooLong(tool: ToolInfo, name: string, value: unknown): string | undefined {
  const most = name === 'text' ? MOST.text : MOST.other;
  const texts = isObject(value) ? [...Object.keys(value), ...Object.values(value).map(String)] : [String(value)];
  const long = texts.find((text) => text.length > most);
  return long === undefined
    ? undefined
    : `${tool.name} takes at most ${most} letters as \`${name}\`, but got ${long.length}.`;
}

/** What was given, as far as it is worth saying. */
function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shortened(value));
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isObject(value)) return `an object with ${shortened(Object.keys(value).join(', ')) || 'nothing'}`;
  return String(value);
}

const SHOWN = 200;

/** The beginning of a text that is quoted in an answer. */
export function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** Why a path is none of a program, before it is looked for; undefined where it may be one. */
export function whyNoProgram(path: string): string | undefined {
  return /^[^\0]+\.model$/u.test(path)
    ? undefined
    : `\`${shortened(path)}\` is no .model program. Give the path of a .model file.`;
}

/** A text argument that was read; undefined where it was left out. */
export function textOf(input: ToolInput, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

/** A number argument that was read. */
export function numberOf(input: ToolInput, name: string): number | undefined {
  const value = input[name];
  return typeof value === 'number' ? value : undefined;
}

/** Texts by name. */
export function textsOf(input: ToolInput, name: string): Readonly<Record<string, string>> {
  const value = input[name];
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, String(each)])) : {};
}

function fits(value: unknown, property: PropertySchema): boolean {
  if (property.type === 'object') {
    return (
      isObject(value) && Object.values(value).every((each) => typeof each === 'string' || typeof each === 'number')
    );
  }
  if (property.type === 'number') return typeof value === 'number' && Number.isFinite(value);
  return typeof value === 'string' && (property.enum === undefined || property.enum.includes(value));
}

function typeText({ type }: PropertySchema): string {
  return type === 'string' ? 'a text' : type === 'number' ? 'a number' : 'an object of texts';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
