/** Answers the tools that need nothing but programs: check, summary, entry, explain. */
import { type FileProblem, lookUp, summarise, titlesIn } from '../language/index.ts';
import type { Desk, Program } from './desk.ts';
import { readInput, type ToolInput, textOf, textsOf, whyNoProgram } from './input.ts';
import { problemFacts } from './problem.ts';
import type { ToolAnswer } from './tool.ts';
import { type ProgramTool, TOOLS } from './tools.ts';

/** A program has one place to mend at a time; after so many problems an assistant reads on in vain. */
const MOST_PROBLEMS = 20;

/** Layers that are told one by one. */
const MOST_LAYERS = 200;

/** Where a text without a file stands. */
const UNNAMED = 'untitled.model';

/** The answer of a tool about programs. Never throws on what an assistant gives. */
export function answerTool(tool: ProgramTool, input: unknown, desk: Desk): ToolAnswer {
  const info = TOOLS.find((each) => each.name === tool);
  if (info === undefined) return { ok: false, message: `There is no tool ${tool}.` };
  const read = readInput(info, input);
  if (!read.ok) return read;
  switch (tool) {
    case 'modelwright_check':
      return withProgram(read.value, desk, (program) => check(program, desk));
    case 'modelwright_summary':
      return withProgram(read.value, desk, (program) => summary(program, read.value, desk));
    case 'modelwright_entry':
      return entry(textOf(read.value, 'name') ?? '');
    case 'modelwright_explain':
      return explain(textOf(read.value, 'code') ?? '', desk);
    default:
      return assertNever(tool);
  }
}

function withProgram(input: ToolInput, desk: Desk, answer: (program: Program) => ToolAnswer): ToolAnswer {
  const text = textOf(input, 'text');
  const path = textOf(input, 'file');
  const refused = path === undefined ? undefined : whyNoProgram(path);
  if (refused !== undefined) return { ok: false, message: refused };
  if (text !== undefined) return answer({ file: desk.place(path ?? UNNAMED), text });
  if (path === undefined) return { ok: false, message: 'Give a program: as `text`, or as the path of a `file`.' };
  const read = desk.read(path);
  return read.ok ? answer(read) : read;
}

const ORDER: readonly FileProblem['severity'][] = ['error', 'warning', 'information', 'hint'];

function check({ file, text }: Program, desk: Desk): ToolAnswer {
  const checked = desk.analyser.analyse(file, text);
  const { problems } = checked;
  const titles = titlesIn(checked, (other) => desk.analyser.tryOut(file, other));
  const sorted = [...problems].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  const read = (path: string) => (path === file ? text : (desk.analyser.syntax(path)?.text ?? ''));
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const more = sorted.length - MOST_PROBLEMS;
  return {
    ok: true,
    value: {
      errors,
      verdict:
        errors === 0
          ? 'No errors: it can be trained.'
          : 'It cannot be trained before the errors are mended. Apply the edits of one fix, then check again.',
      problems: sorted
        .slice(0, MOST_PROBLEMS)
        .map((problem) => problemFacts({ ...problem, file }, read, (path) => desk.shown(path), titles)),
      ...(more > 0 ? { more: `${more} more problems are not listed.` } : {}),
    },
  };
}

function summary({ file, text }: Program, input: ToolInput, desk: Desk): ToolAnswer {
  const unit = textOf(input, 'unit');
  const errors = desk.analyser.analyse(file, text).problems.filter((problem) => problem.severity === 'error').length;
  const found = summarise(desk.analyser, { file, text, unit, sets: textsOf(input, 'set') });
  if (found === undefined) {
    const what = unit === undefined ? 'no model and no block' : `no model or block \`${unit}\``;
    return { ok: false, message: `${desk.shown(file)} has ${what}.` };
  }
  const [unknown] = found.unknown;
  if (unknown !== undefined) {
    const near = unknown.near === undefined ? '' : ` Did you mean \`${unknown.near}\`?`;
    return { ok: false, message: `\`${found.unit}\` has no parameter or size \`${unknown.name}\`.${near}` };
  }
  const more = found.layers.length - MOST_LAYERS;
  return {
    ok: true,
    value: {
      unit: found.unit,
      inputs: found.inputs,
      outputs: found.outputs,
      parameters: found.parameters,
      trainable: found.trainable,
      layers: found.layers.slice(0, MOST_LAYERS).map(({ path, type, place, output, parameters }) => {
        return { path, type, line: place.line, output, parameters };
      }),
      ...(more > 0 ? { more: `${more} more layers are not listed.` } : {}),
      ...(errors > 0 ? { errors: `The program has ${errors} error(s), so some shapes are not known. Check it.` } : {}),
    },
  };
}

function entry(name: string): ToolAnswer {
  const { found, near } = lookUp(name);
  if (found.length > 0) return { ok: true, value: { found } };
  const hint = near.length === 0 ? 'Search by another word.' : `Near it: ${near.join(', ')}.`;
  return { ok: false, message: `The catalogue has no entry \`${name}\`. ${hint}` };
}

function explain(code: string, desk: Desk): ToolAnswer {
  const known = /^[a-z]+\/[a-z0-9-]+$/.test(code);
  const page = known ? desk.page(code) : undefined;
  if (page !== undefined) return { ok: true, value: { code, page } };
  return {
    ok: false,
    message: `There is no page about \`${code}\`. Codes are \`area/name\`, as modelwright_check tells them: shape/missing-flatten.`,
  };
}

function assertNever(value: never): never {
  throw new Error(`Unknown tool: ${JSON.stringify(value)}`);
}
