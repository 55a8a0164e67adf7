/** The tools for assistants. The same list is offered by `modelwright mcp` and, in VS Code, as language model tools. */
import { shortened } from './input.ts';
import type { PropertySchema, ToolAnswer, ToolInfo } from './tool.ts';

const file: PropertySchema = {
  type: 'string',
  description: 'Path of a .model file. With `text`: where the text would stand, for the files that it names.',
};
const text: PropertySchema = {
  type: 'string',
  description: 'A whole .model program. Left out: what stands in `file`.',
};
const set: PropertySchema = {
  type: 'object',
  description: 'Settings and parameters by name, as text of the language: {"epochs": "2", "batch": "32"}.',
  additionalProperties: { type: 'string' },
};
const run: PropertySchema = {
  type: 'string',
  description: 'A run: its number (14), its name (0014-quiet-heron) or `latest`.',
};
const declaration: PropertySchema = {
  type: 'string',
  description: 'Which train or evaluate block, by its name, where the program has several.',
};

export const TOOLS = [
  {
    name: 'modelwright_check',
    title: 'Check a .model program',
    description:
      'Checks a neural network program in the .model language without running it: every shape, loss, label and setting. Answers the problems, errors first, each with a place (lines and columns from 1), a sentence that says why, and fixes as text edits; apply the edits of one problem at a time, then check again. Use it after each change of a program, before training.',
    input: { type: 'object', properties: { text, file } },
    starts: false,
  },
  {
    name: 'modelwright_summary',
    title: 'Summarise a .model program',
    description:
      'Layers of a model or block with output shapes, parameters and lines, and its inputs and outputs. Use it instead of calculating shapes.',
    input: {
      type: 'object',
      properties: {
        text,
        file,
        unit: { type: 'string', description: 'Model or block. Left out: the first model.' },
        set,
      },
    },
    starts: false,
  },
  {
    name: 'modelwright_entry',
    title: 'Look up an entry of the catalogue',
    description:
      'What a layer, function, loss, metric, optimizer, schedule, transform or data source of the .model language takes and gives, with settings, defaults and examples. Takes its name (Conv2D, crossEntropy, AdamW, csv) or a word to search by. Use it before writing a call that you are not sure of.',
    input: {
      type: 'object',
      properties: { name: { type: 'string', description: 'Name of the entry, or a word.' } },
      required: ['name'],
    },
    starts: false,
  },
  {
    name: 'modelwright_explain',
    title: 'Explain a problem',
    description:
      'The page about a problem code such as shape/missing-flatten: why it is a problem, a wrong program and the mended one.',
    input: {
      type: 'object',
      properties: { code: { type: 'string', description: 'Code of a problem, as modelwright_check tells it.' } },
      required: ['code'],
    },
    starts: false,
  },
  {
    name: 'modelwright_runs',
    title: 'List training runs',
    description:
      'Training runs, newest first: state, progress, best value, last metrics, settings that tell them apart.',
    input: {
      type: 'object',
      properties: {
        file: { type: 'string', description: 'Only runs of this .model file.' },
        limit: { type: 'number', description: 'How many, 10 unless said.' },
      },
    },
    starts: false,
  },
  {
    name: 'modelwright_run',
    title: 'Read a training run',
    description:
      'One training run: state, why it ended, each epoch with its metrics, problems that were found while it ran (over-fitting, NaN, dead layers) with lines, checkpoints, time left.',
    input: { type: 'object', properties: { run }, required: ['run'] },
    starts: false,
  },
  {
    name: 'modelwright_train',
    title: 'Train a model',
    description:
      'Trains a train block of a .model file, after the person has agreed. Waits for `wait` seconds; a run that is not over by then goes on, and modelwright_run tells how it does. The file must have no errors: check it first.',
    input: {
      type: 'object',
      properties: {
        file: { type: 'string', description: 'Path of a .model file.' },
        declaration,
        set,
        wait: { type: 'number', description: 'Seconds to wait for its end, 30 unless said, 600 at the most.' },
        confirm: {
          type: 'string',
          description:
            'Only where an answer of this tool asked for it: the word that it gave, once the person has agreed.',
        },
      },
      required: ['file'],
    },
    starts: true,
  },
  {
    name: 'modelwright_evaluate',
    title: 'Evaluate a trained model',
    description:
      'Carries out an evaluate block of a .model file on the weights of its latest finished run: metrics, and which expectations hold.',
    input: {
      type: 'object',
      properties: { file: { type: 'string', description: 'Path of a .model file.' }, declaration, run, set },
      required: ['file'],
    },
    starts: true,
  },
] as const satisfies readonly ToolInfo[];

export type ToolName = (typeof TOOLS)[number]['name'];

/** Those that need nothing but programs: the language answers them. */
export const PROGRAM_TOOLS = [
  'modelwright_check',
  'modelwright_summary',
  'modelwright_entry',
  'modelwright_explain',
] as const satisfies readonly ToolName[];

export type ProgramTool = (typeof PROGRAM_TOOLS)[number];

/** The one of that name that needs nothing but programs. */
export function programTool(name: string): ProgramTool | undefined {
  return PROGRAM_TOOLS.find((each) => each === name);
}

/** The answer to a name that no tool has. */
export function noSuchTool(name: string): ToolAnswer {
  return {
    ok: false,
    message: `There is no tool ${shortened(name)}. The tools are ${TOOLS.map((each) => each.name).join(', ')}.`,
  };
}
