/** Asks a trainer of its own whether an engine can be used: where it crashes, only that process ends. */
import { spawn } from 'node:child_process';
import {
  type DoctorEngine,
  type EngineOptions,
  isFlag,
  isRecord,
  isText,
  parseJson,
  shaped,
  TRAINER_VERSION,
} from '../../protocol/index.ts';

const LIMIT = 20_000;
const isDoctorEngine = shaped({
  id: isText,
  device: isText,
  title: isText,
  usable: isFlag,
  reason: isText,
  cure: isText,
});

function isAnswer(value: unknown): value is DoctorEngine {
  return isDoctorEngine(value);
}

/** `limit` in milliseconds: a library that was just written takes long to be read for the first time. */
export function probeApart(
  script: string,
  options: EngineOptions,
  { env = {}, limit = LIMIT }: { readonly env?: Readonly<Record<string, string>>; readonly limit?: number } = {},
): Promise<DoctorEngine> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [script], {
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      env: { ...process.env, ...env },
    });
    let said = '';
    let errors = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, limit);
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      errors = (errors + text.toString()).slice(-2000);
    });
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      errors += error.message;
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const line = said.split('\n').map(parseJson).find(isRecord);
      const how = late
        ? `it did not answer within ${limit / 1000} s`
        : `its process ended with ${signal ?? `code ${code}`}`;
      done(isAnswer(line) ? line : crashed(options, how, errors));
    });
    child.stdin.end(`${JSON.stringify({ version: TRAINER_VERSION, kind: 'probe', options })}\n`);
  });
}

function crashed(options: EngineOptions, how: string, errors: string): DoctorEngine {
  const id = options.engine === 'tensorflow' ? 'tensorflow' : 'onnx';
  const last = errors.trim().split('\n').slice(-1)[0] ?? '';
  return {
    id,
    device: options.device.startsWith('gpu') ? 'gpu' : 'cpu',
    loader: undefined,
    title: id === 'onnx' ? 'ONNX Runtime' : 'TensorFlow',
    usable: false,
    reason: last === '' ? how : `${how}: ${last}`,
    cure: 'Use another engine; this one crashes here.',
  };
}
