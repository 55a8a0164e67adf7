/**
 * Compiles a plan together with the modules of its `extern block`s. A module's code stands in the plan, so that what runs is
 * what was checked; it runs in this process, which is started only for programs that are trusted.
 */
import { type Compiled, compile } from '../../compiler/index.ts';
import {
  type Builder,
  type CatalogEntry,
  catalog,
  type OperationEntry,
  type Plan,
  type PlanModule,
  type Value,
} from '../../language/index.ts';
import { Failure } from '../failure.ts';

/** What a module exports by default: `(b, inputs, settings) => value`, or its results by the names of the outputs. */
type Build = (
  b: Builder,
  inputs: Readonly<Record<string, Value | undefined>>,
  settings: Readonly<Record<string, unknown>>,
) => unknown;

/** The compiled plan; its modules are loaded first. `given` are initial numbers of weights that come from files. */
export async function compilePlan(plan: Plan, given?: ReadonlyMap<string, Float32Array>): Promise<Compiled> {
  const modules = plan.modules ?? [];
  if (modules.length === 0) return compile(plan, catalog, given);
  const own = new Map<string, CatalogEntry>();
  for (const module of modules) own.set(module.op, entryOf(module, await load(module)));
  const compiled = compile(plan, { get: (key) => own.get(key) ?? catalog.get(key) }, given);
  return {
    ...compiled,
    lower(mode, batch, options) {
      try {
        return compiled.lower(mode, batch, options);
      } catch (error) {
        const module = modules.find(({ op }) => error instanceof Error && error.message.startsWith(`Lowering ${op} `));
        if (!module || !(error instanceof Error)) throw error;
        const said = error.message.slice(error.message.indexOf(' gave ') + 1);
        throw new Failure(
          'data/module-result',
          `The module ${module.path} ${said} Make its result the shape that the \`extern block\` states, or state the shape that it makes.`,
          module.place,
        );
      }
    },
  };
}

async function load(module: PlanModule): Promise<Build> {
  let loaded: { readonly default?: unknown };
  try {
    loaded = await import(`data:text/javascript;base64,${Buffer.from(module.code).toString('base64')}`);
  } catch (error) {
    throw new Failure(
      'data/module-broken',
      `The module ${module.path} can’t be loaded: ${error instanceof Error ? error.message : String(error)}. It is an ECMAScript module that stands alone: it imports no other files.`,
      module.place,
    );
  }
  if (typeof loaded.default === 'function') return loaded.default as Build;
  throw new Failure(
    'data/module-broken',
    `The module ${module.path} has no function as its default export: \`export default (b, { x }, settings) => …\` builds the result of primitives.`,
    module.place,
  );
}

/** The module as an operation of the catalogue. */
function entryOf(module: PlanModule, build: Build): OperationEntry {
  return {
    kind: 'operation',
    place: 'model',
    name: module.op,
    doc: '',
    source: module.path,
    examples: [],
    settings: {},
    inputs: [],
    result: () => [],
    lower(b, inputs, _weights, settings) {
      let made: unknown;
      try {
        made = build(b, inputs, settings);
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        throw new Failure('data/module-result', `The module ${module.path} failed: ${text}`, module.place);
      }
      return valuesOf(made, module);
    },
  };
}

/** One value, a list of them, or an object with one for each output in their order. */
function valuesOf(made: unknown, module: PlanModule): readonly Value[] {
  const list = Array.isArray(made) ? made : isValue(made) ? [made] : Object.values(made ?? {});
  if (list.length > 0 && list.every(isValue)) return list;
  throw new Failure(
    'data/module-result',
    `The module ${module.path} gave back something that is no value of the builder. It returns what the builder \`b\` made: one value, or a list with one for each output.`,
    module.place,
  );
}

function isValue(made: unknown): made is Value {
  return typeof made === 'object' && made !== null && 'dtype' in made && 'shape' in made;
}
