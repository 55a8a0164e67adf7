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
    return { ok: false, message: `${tool.name} takes ${names.join(', ')}, but got \`${unknown}\`.` };
  }
  const missing = required.find((name) => given[name] === undefined);
  if (missing !== undefined) {
    return { ok: false, message: `${tool.name} needs \`${missing}\`: ${properties[missing]?.description ?? ''}` };
  }
  for (const [name, property] of Object.entries(properties)) {
    if (given[name] === undefined || fits(given[name], property)) continue;
    return {
      ok: false,
      message: `${tool.name} takes ${typeText(property)} as \`${name}\`, but got ${JSON.stringify(given[name])}. ${property.description}`,
    };
  }
  return { ok: true, value: given };
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
