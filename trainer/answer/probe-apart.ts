/** Asks a trainer of its own whether an engine can be used: where it crashes, only that process ends. */
import {
  type DoctorEngine,
  type EngineOptions,
  isFlag,
  isRecord,
  isText,
  shaped,
  TRAINER_VERSION,
} from '../../protocol/index.ts';
import { askApart, lastLine } from '../apart.ts';

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
export async function probeApart(
  script: string,
  options: EngineOptions,
  { env = {}, limit = LIMIT }: { readonly env?: Readonly<Record<string, string>>; readonly limit?: number } = {},
): Promise<DoctorEngine> {
  const request = { version: TRAINER_VERSION, kind: 'probe', options } as const;
  const { lines, errors, late, ended } = await askApart({ script, request, limit, env });
  const line = lines.find(isRecord);
  if (isAnswer(line)) return line;
  const how = late ? `it did not answer within ${limit / 1000} s` : (ended ?? 'its process ended with code 0');
  return crashed(options, how, errors);
}

function crashed(options: EngineOptions, how: string, errors: string): DoctorEngine {
  const id = options.engine === 'tensorflow' ? 'tensorflow' : 'onnx';
  const last = lastLine(errors);
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
