/** The command line as a person and as a script meets it: codes, streams, lines, Ctrl-C. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseEventLines } from '../../protocol/index.ts';
import { runName } from '../../runs/index.ts';
import { folder, lines, modelwright } from './run.ts';

test('a confusion is printed as a table with the names of the classes', async () => {
  const trained = await modelwright(['train', 'kinds.model', '--runs', 'kinds', '--threads', '1']);
  expect(trained.err).toContain('epoch 5/5');
  const asked = ['evaluate', 'kinds.model', '--runs', 'kinds', '--threads', '1'];
  const evaluated = await modelwright(asked);
  expect(evaluated.out).toMatch(
    / {2}confusion: *\n {4}is \\ said {2}high {2}low\n {4}high {6} *\d+ {2} *\d+\n {4}low {7} *\d+ {2} *\d+\n/,
  );
  const [result] = lines((await modelwright([...asked, '--json'])).out);
  const { classes, rows } = result.matrices.confusion;
  expect(classes).toEqual(['high', 'low']);
  const [[a, b], [c, d]] = rows;
  expect(a + b + c + d).toBe(40);
  expect(result.metrics.accuracy).toBeCloseTo((a + d) / 40);
  expect(result.metrics.confusion).toBeCloseTo((b + c) / 40);
});

test('expectations as tests: what holds, what fails, what could not be tried; a JUnit report; code 1', async () => {
  const tested = await modelwright(['test', 'kinds.model', '--runs', 'kinds', '--threads', '1']);
  expect([tested.code, tested.err]).toEqual([
    0,
    'There is nothing to test: the program has no `evaluate` block with `expect:`.\n',
  ]);
  const program = readFileSync(join(folder, 'kinds.model'), 'utf8');
  const expects = program.replace(
    /evaluate Kind on Kinds \{/,
    'evaluate Kind on Kinds {\n  expect: [accuracy(scores, kind) > 1%, accuracy(scores, kind) > 99.999%, accuracy(scores, kind) < 0.1%]',
  );
  const name = /output (\w+)/.exec(program)?.[1] ?? '';
  writeFileSync(join(folder, 'expects.model'), expects.replaceAll('(scores, kind)', `(${name}, kind)`));
  const asked = ['test', 'expects.model', '--runs', 'kinds', '--threads', '1', '--junit', 'junit.xml'];
  const failed = await modelwright(asked);
  expect(failed.out).toMatch(/^holds {2}expects\.model:\d+ {2}accuracy\(\w+, kind\) > 1% {2}\(/);
  expect(failed.out).toMatch(/\nfails {2}expects\.model:\d+ {2}Expected accuracy\(\w+, kind\) < 0\.1%; it is /);
  expect(failed.code).toBe(1);
  const report = readFileSync(join(folder, 'junit.xml'), 'utf8');
  expect(report).toContain('<testsuites name="modelwright" tests="3"');
  expect(report).toContain(`&lt; 0.1%; it is `);
  const untried = await modelwright(['test', 'expects.model', '--runs', 'nowhere', '--json']);
  expect(lines(untried.out)[0]).toMatchObject({
    kind: 'error',
    message: expect.stringContaining('There is no finished run'),
  });
  expect(untried.code).toBe(1);
});

test('a report of an evaluation, and the card of its run', async () => {
  const asked = ['evaluate', 'kinds.model', '--runs', 'kinds', '--threads', '1', '--report'];
  expect((await modelwright([...asked, 'kinds.md'])).code).toBe(0);
  expect(readFileSync(join(folder, 'kinds.md'), 'utf8')).toMatch(
    /\| accuracy \| [\d.]+ \| [\d.]+ to [\d.]+ \(Wilson\) \|/,
  );
  await modelwright([...asked, 'kinds.csv']);
  expect(readFileSync(join(folder, 'kinds.csv'), 'utf8')).toContain('\nmetrics,,accuracy,');
  const wrong = await modelwright([...asked, 'kinds.pdf']);
  expect([wrong.code, wrong.err]).toEqual([
    2,
    '`--report` takes a file that ends in .md, .csv or .json, but got `kinds.pdf`.\n',
  ]);
  const card = await modelwright(['card', '1', '--runs', 'kinds']);
  expect(card.out).toContain('# Model card: kinds Kind');
  expect(card.out).toContain('### On Kinds');
  expect((await modelwright(['card', '99', '--runs', 'kinds'])).code).toBe(2);
});

test('data shows rows before and after each step, by part and place', async () => {
  const shown = await modelwright(['data', 'kinds.model', '--rows', '1', '--from', '3', '--part', 'validation']);
  expect(shown.err).toBe('');
  expect(shown.code).toBe(0);
  const words = shown.out.replace(/ +/g, ' ');
  expect(words).toContain('Kinds: train 160 · validation 40 · test 0\nrows 3 to 3 of the validation part\n');
  expect(words).toMatch(
    /\n x column a \d+\n column b \d+\n stack\(a, b\) \[2\] .*\n Normalize \[2\] .*\n kind column kind "/,
  );
  expect(words).toMatch(/kind int32\n mean [\d.]+, deviation [\d.]+, 0 to 1, [\d.]+ % zeros, 40 values\n/);
  const [report] = lines((await modelwright(['data', 'kinds.model', 'Kinds', '--json'])).out);
  expect(report.names).toHaveLength(5);
  const wrong = await modelwright(['data', 'kinds.model', '--part', 'training']);
  expect([wrong.code, wrong.err]).toEqual([2, '`--part` takes train, validation, test, but got `training`.\n']);
  const unknown = await modelwright(['data', 'kinds.model', 'Kind']);
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('There is no `data` block called `Kind`')]);
});

test('train, evaluate, runs and predict from a file to an answer', async () => {
  const trained = await modelwright(['train', 'table.model', '--threads', '1']);
  expect(trained.err).toContain('epoch 30/30');
  expect(trained.out).toMatch(
    /^0001-[a-z]+-[a-z]+ {2}finished at step 150 {2}best validation\.mae [\d.e-]+ \(epoch \d+\)\n$/,
  );
  expect(trained.code).toBe(0);
  // A pipe gets no line that is drawn over.
  expect(trained.err).not.toContain('\r');
  const evaluated = await modelwright(['evaluate', 'table.model', '--json', '--threads', '1']);
  const [result] = lines(evaluated.out);
  expect(result).toMatchObject({
    unit: 'Line',
    examples: 40,
    expect: [{ text: 'mae(Line.y, Table.y) < 0.2', held: true }],
  });
  expect(evaluated.code).toBe(0);
  const strict = readFileSync(join(folder, 'table.model'), 'utf8').replace('< 0.2', '< 0.000001');
  writeFileSync(join(folder, 'strict.model'), strict);
  const failed = await modelwright(['evaluate', 'strict.model']);
  expect(failed.out).toContain('failed');
  expect(failed.code).toBe(1);
  const noted = await modelwright(['runs', 'tag', '1', 'base', 'paper']);
  expect([noted.code, noted.err]).toEqual([0, expect.stringContaining('tags base, paper')]);
  await modelwright(['runs', 'rename', '1', 'the', 'first']);
  await modelwright(['runs', 'star', '1']);
  expect((await modelwright(['runs', 'untag', '1', 'paper'])).err).toMatch(/★: name "the first" · tags base\n$/);
  expect((await modelwright(['runs', 'tag', '1'])).code).toBe(2);
  const other = await modelwright([
    'train',
    'table.model',
    '--threads',
    '1',
    '--set',
    'epochs=2',
    '--runs',
    join(folder, '.modelwright', 'runs'),
  ]);
  expect(other.code).toBe(0);
  const compared = await modelwright(['runs', 'compare', '1', '2', '--format', 'md']);
  expect(compared.out).toMatch(/^\| run \| state \| best validation\.mae \|.* epochs \|/);
  expect(compared.out).toContain('| **2** |');
  const [, second] = lines((await modelwright(['runs', 'compare', '1', '2', '--json'])).out);
  expect(second).toMatchObject({ state: 'finished', epochs: 2 });
  expect((await modelwright(['runs', 'compare', '1', '2', '--format', 'pdf'])).code).toBe(2);
  expect((await modelwright(['runs', 'delete', '2'])).code).toBe(0);
  const listed = await modelwright(['runs', '--json']);
  expect(lines(listed.out)[0]).toMatchObject({ number: 1, state: 'finished', model: 'Line' });
  const shown = await modelwright(['runs', 'show', '1']);
  expect(shown.out).toContain('validation.mae');
  const predicted = await modelwright(['predict', '1', '--input', 'x=[0, 0]', '--json']);
  expect(lines(predicted.out)[0].outputs.y).toHaveLength(1);
  writeFileSync(join(folder, 'new.csv'), 'a,b\n10,20\n90,10\n');
  const piped = await modelwright(['predict', 'latest', '--input', 'file=new.csv', '--json']);
  const [low, high] = lines(piped.out)[0].outputs.y;
  expect(low).toBeCloseTo(0, 0);
  expect(high).toBeCloseTo(1.7, 0);
  // An answer that is longer than a pipe holds arrives whole.
  writeFileSync(
    join(folder, 'many.csv'),
    `a,b\n${Array.from({ length: 30_000 }, (_, row) => `${row % 97},${row % 89}`).join('\n')}\n`,
  );
  const many = await modelwright(['predict', 'latest', '--input', 'file=many.csv', '--json']);
  expect(lines(many.out).reduce((sum, line) => sum + line.examples, 0)).toBe(30_000);
  const unknown = await modelwright(['predict', '1', '--input', 'x=[0, 0]', '--input', 'z=1']);
  expect(unknown.code).toBe(3);
  expect(unknown.err).toContain('The model has no input `z`, and its data no such column. Give the inputs (x)');
  const mistyped = await modelwright(['predict', '1', '--input', 'x=nowhere.json']);
  expect(mistyped.err).toContain('There is no file of this name either');
  const table = await modelwright(['predict', '1', '--input', 'x=new.csv']);
  expect(table.err).toMatch(/^error: The table ".*new.csv" is given for the model's own input `x`/);
  writeFileSync(join(folder, 'bytes.idx'), Buffer.from([0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 10, 20]));
  expect((await modelwright(['predict', '1', '--input', 'x=bytes.idx'])).err).toMatch(
    /^note: "bytes.idx" holds bytes, which go straight into the input `x`, but the rows that the model learned from went through `.+` first/,
  );
  writeFileSync(join(folder, 'nothing.idx'), 'no idx file');
  // No place in the program: it is not to blame.
  expect((await modelwright(['predict', '1', '--input', 'x=nothing.idx'])).err).toMatch(
    /^error: ".*nothing.idx" is not/,
  );
  const run = readdirSync(join(folder, '.modelwright', 'runs')).find((name) => name.startsWith('0001')) ?? '';
  const checkpoints = join(folder, '.modelwright', 'runs', run, 'checkpoints');
  writeFileSync(join(checkpoints, '150', 'weights.safetensors'), 'damaged');
  const older = await modelwright(['evaluate', 'table.model', '--json']);
  expect(older.err).toContain('warning: checkpoints/150: weights.safetensors is damaged');
  expect(lines(older.out)[0].checkpoint).not.toBe('checkpoints/150');
  const deleted = await modelwright(['runs', 'delete', '1']);
  expect(deleted.code).toBe(0);
  expect((await modelwright(['runs'])).err).toContain('There are no runs');
});

test('--json prints the events as they are on disk; --set changes settings', async () => {
  const { out, code, err } = await modelwright([
    'train',
    'table.model',
    '--set',
    'epochs=2',
    '--json',
    '--runs',
    'json-runs',
  ]);
  expect(err).toContain('epoch 2/2');
  expect(code).toBe(0);
  const events = parseEventLines(out);
  expect(events).toHaveLength(out.split('\n').length - 1);
  // The log of a first run begins with the choice of the engine.
  const started = events.find((event) => event.kind === 'started');
  expect(started).toMatchObject({ epochs: 2 });
  expect(events.at(-1)).toMatchObject({ kind: 'ended', state: 'finished', step: 10 });
  const run = started?.kind === 'started' ? started.run : '';
  const disk = ['metrics.jsonl', 'events.jsonl'].map((name) =>
    readFileSync(join(folder, 'json-runs', run, name), 'utf8'),
  );
  const sorted = (text: string) => text.split('\n').sort();
  expect(sorted(out)).toEqual(sorted(disk.join('')));
});

test('Ctrl-C saves a checkpoint and ends with 130; --resume goes on', async () => {
  let pressed = false;
  const stopped = await modelwright(
    ['train', 'table.model', '--set', 'epochs=2000', '--json', '--runs', 'stop-runs'],
    (text, interrupt) => {
      if (!pressed && /"kind":"step","step":1\d,/.test(text)) {
        pressed = true;
        interrupt();
      }
    },
  );
  expect(stopped.err).toContain('Saving a checkpoint, then ending');
  expect(stopped.code).toBe(130);
  const events = parseEventLines(stopped.out);
  const end = events.at(-1);
  expect(end).toMatchObject({ kind: 'ended', state: 'stopped' });
  const resumed = await modelwright(
    ['train', 'table.model', '--resume', 'latest', '--json', '--runs', 'stop-runs'],
    (text, interrupt) => {
      if (pressed && text.includes('"kind":"epoch"')) interrupt();
      if (text.includes('"kind":"epoch"')) pressed = false;
    },
  );
  const [started] = parseEventLines(resumed.out);
  expect(started).toMatchObject({ kind: 'started', resumedFrom: end?.kind === 'ended' ? end.step : -1 });
});

test('a trainer that is killed leaves a run that can go on', async () => {
  let killed = false;
  const { code, err, out } = await modelwright(
    ['train', 'table.model', '--set', 'epochs=2000', '--json', '--runs', 'kill-runs'],
    (text) => {
      if (killed || !text.includes('"kind":"checkpoint"')) return;
      killed = true;
      const run = /"run":"([^"]+)"/.exec(text)?.[1] ?? runName(1);
      process.kill(JSON.parse(readFileSync(join(folder, 'kill-runs', run, 'lock'), 'utf8')).pid, 'SIGKILL');
    },
  );
  expect(out).toContain('"kind":"started"');
  expect(code).toBe(3);
  expect(err).toContain('was killed by the system (signal 9)');
  expect(err).toMatch(/--resume 0001-[a-z-]+ --runs kill-runs`/);
  const listed = await modelwright(['runs', '--runs', 'kill-runs', '--json']);
  expect(lines(listed.out)[0].state).toBe('interrupted');
});

test('a run that trains is told to evaluate, pause, go on and stop', async () => {
  const tell = (word: string) => modelwright(['runs', 'tell', 'latest', word, '--runs', 'told']);
  let training: (text: string) => void = () => undefined;
  const began = new Promise<string>((done) => {
    training = done;
  });
  const run = modelwright(
    ['train', 'table.model', '--set', 'epochs=100000', '--runs', 'told', '--threads', '1', '--json'],
    (text) => {
      if (text.includes('"kind":"step"')) training(text);
    },
  );
  await began;
  const evaluated = await tell('evaluate');
  expect(evaluated.out).toMatch(/^step \d+ {2}validation loss \S+ {2}mae \S+\n$/);
  expect((await tell('pause')).out).toMatch(/^Paused at step \d+\.\n$/);
  expect((await tell('pause')).err).toMatch(/is paused already\.\n$/);
  expect((await tell('evaluate')).code).toBe(0);
  expect((await tell('snapshot')).out).toMatch(/^Saved checkpoints\/\d+ at step \d+\.\n$/);
  expect((await tell('resume')).out).toMatch(/^Training again from step \d+\.\n$/);
  expect((await tell('dance')).code).toBe(2);
  expect((await tell('stop')).out).toMatch(/^stopped at step \d+/);
  expect((await run).code).toBe(130);
  const late = await tell('pause');
  expect(late.code).toBe(3);
  expect(late.err).toContain('The run is not alive');
});
