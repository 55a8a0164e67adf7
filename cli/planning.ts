/** From a program and what was asked for to a plan, or to words about why there is none. */
import { makePlan, type Plan, runName } from '../language/index.ts';
import { withDownloads } from './downloads.ts';
import { createChecker, problemJson, problemLines, textsOf } from './program.ts';
import { type ExitCode, exitCodes, type World } from './world.ts';

export interface PlanWish {
  readonly path: string;
  readonly name: string | undefined;
  readonly action: 'train' | 'evaluate';
  readonly overrides: Readonly<Record<string, string>>;
  readonly json: boolean;
}

export type Planned = { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly code: ExitCode };

/** The plan of the named run declaration (the only one, where no name is given). */
export async function planFor(world: World, wish: PlanWish): Promise<Planned> {
  const checker = createChecker(world);
  const source = checker.read(wish.path);
  if (!source.ok) {
    world.say(source.message);
    return { ok: false, code: exitCodes.usage };
  }
  const { file, text } = source;
  const { name: declaration, action, overrides } = wish;
  const answer = await withDownloads(world, () =>
    makePlan(checker.analyser, { file, text, declaration, action, overrides }),
  );
  if (answer === undefined) return { ok: false, code: exitCodes.failed };
  if (answer.kind === 'plan' && wish.name === undefined) {
    const names = declarations(checker.analyser.syntax(file), wish.action);
    if (names.length > 1) {
      world.say(
        `\`${wish.path}\` has ${names.length} \`${wish.action}\` blocks: ${names.join(', ')}. Say which: \`modelwright ${wish.action} ${wish.path} ${names[0] ?? ''}\`.`,
      );
      return { ok: false, code: exitCodes.usage };
    }
  }
  if (answer.kind === 'plan') return { ok: true, plan: answer.plan };
  const texts = textsOf(checker.analyser);
  for (const problem of answer.problems) {
    if (wish.json) world.print(JSON.stringify(problemJson(problem, texts, world)));
    else for (const line of problemLines(problem, texts, world)) world.say(line);
  }
  world.say(`\`${wish.path}\` has errors, so nothing was started.`);
  return { ok: false, code: exitCodes.found };
}

type Syntax = ReturnType<ReturnType<typeof createChecker>['analyser']['syntax']>;

function declarations(syntax: Syntax, action: 'train' | 'evaluate'): string[] {
  return (syntax?.chunks ?? []).flatMap(({ chunk }) => {
    const { declaration } = chunk;
    return declaration?.kind === 'run' && declaration.run === action ? [runName(declaration)] : [];
  });
}
