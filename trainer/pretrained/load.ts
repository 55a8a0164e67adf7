/** Which weights of a plan come from the file of a network, and their numbers. */
import { FROM_FILE, type Plan, type PlanWeight, type SettingValue } from '../../language/index.ts';
import { type DataPlace, findFolder, locate } from '../data/locate.ts';
import { Failure } from '../failure.ts';
import { openKeras } from './keras.ts';
import type { NetworkFile, Wanted } from './network-file.ts';
import { openRun, openTensors } from './run.ts';
import { openTfjs } from './tfjs.ts';

/** Initial numbers by path of the weight; empty where no network is used. */
export async function pretrainedWeights(
  plan: Plan,
  dataFolder: string | undefined,
): Promise<ReadonlyMap<string, Float32Array>> {
  const byFile = new Map<string, { readonly weight: PlanWeight; readonly index: number }[]>();
  for (const [index, weight] of plan.graph.weights.entries()) {
    const file = weight.init.call === FROM_FILE ? weight.init.settings.file : undefined;
    if (typeof file !== 'string') continue;
    const others = byFile.get(file) ?? [];
    byFile.set(file, [...others, { weight, index }]);
  }
  const found = new Map<string, Float32Array>();
  for (const [file, weights] of byFile) {
    const place = placeOf(plan, weights[0]?.index ?? 0);
    const at = { program: plan.sources[place.source]?.path ?? plan.file, dataFolder, at: place };
    const network = await open(file, at);
    try {
      for (const { weight } of weights) found.set(weight.path, numbersOf(network, file, weight, place));
    } finally {
      network.close();
    }
  }
  return found;
}

async function open(file: string, at: DataPlace): Promise<NetworkFile> {
  const folder = findFolder(file, at);
  const path = folder ?? locate(file, at);
  try {
    if (folder !== undefined) return openRun(folder);
    if (/\.keras$/iu.test(path)) return await openKeras(path);
    return /\.safetensors$/iu.test(path) ? openTensors(path) : openTfjs(path);
  } catch (error) {
    throw new Failure(
      'data/network-broken',
      `The network \`${file}\` (${path}) can’t be read: ${error instanceof Error ? error.message : String(error)}. Save it again, or name another.`,
      at.at,
    );
  }
}

function numbersOf(network: NetworkFile, file: string, weight: PlanWeight, at: Plan['place']): Float32Array {
  const { settings } = weight.init;
  const wanted: Wanted = {
    layer: text(settings.layer),
    variable: text(settings.variable),
    group: text(settings.group),
    index: typeof settings.index === 'number' ? settings.index : 0,
  };
  const numbers = network.read(wanted);
  const size = weight.shape.reduce((product, n) => product * n, 1);
  if (numbers?.length === size) return numbers;
  const has = numbers === undefined ? 'does not have it' : `has ${numbers.length} numbers for it`;
  throw new Failure(
    'data/network-weight',
    `The layer \`${wanted.layer}\` of the network \`${file}\` needs \`${wanted.variable}\` of [${weight.shape.join(', ')}], but the file ${has}. Its weights are of another network than its layers: save both again.`,
    at,
  );
}

function text(value: SettingValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Where the network is used. */
function placeOf(plan: Plan, index: number): Plan['place'] {
  const node = plan.graph.nodes.find(({ weights }) => Object.values(weights).includes(index));
  return node?.place ?? plan.place;
}
