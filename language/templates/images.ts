/** What image templates share: arrays of images and folders of pictures, as a field with three axes. */
import type { TemplateData } from './family.ts';
import { quoted } from './names.ts';

export interface Images {
  readonly source: string;
  /** The field `image`, with its type. */
  readonly field: string;
  /** Height, width, channels. */
  readonly size: readonly [number, number, number];
  /** The field `label`, where something tells the classes. */
  readonly label: string | undefined;
  readonly classes: number;
}

/** Pictures of one folder are brought to this size where they differ, and no larger. */
const SIZE = 64;

/** The images of a file or folder; undefined where there are none. `scaled`: pixels from 0 to 1. */
export function imagesOf(data: TemplateData): Images | undefined {
  switch (data.header.kind) {
    case 'idx':
    case 'npy':
      return arrayImages(data);
    case 'folder':
      return folderImages(data);
    default:
      return undefined;
  }
}

function arrayImages({ path, header, labels }: TemplateData): Images | undefined {
  if (header.kind !== 'idx' && header.kind !== 'npy') return undefined;
  const [, height, width, channels, ...more] = header.shape;
  if (height === undefined || width === undefined || more.length > 0 || header.trouble !== undefined) return undefined;
  const classes = labels === undefined || labels.header.kind !== header.kind ? undefined : labels.header.classes;
  const named = labels !== undefined && classes !== undefined;
  const source = `${header.kind}(images: ${quoted(path)}${named ? `, labels: ${quoted(labels.path)}` : ''})`;
  const size = [height, width, channels ?? 1] as const;
  const bytes = (header.range?.[1] ?? 255) > 1;
  const steps = [...(channels === undefined ? ['expand'] : []), ...(bytes ? ['scale(0..255, 0..1)'] : [])];
  return {
    source,
    field: `image: float32[${size.join(', ')}] = ${['images', ...steps].join(' -> ')}`,
    size,
    label: named ? 'label: int32 = labels' : undefined,
    classes: named ? labelCount(labels.header, classes.count) : 0,
  };
}

/** Labels that are numbers count from 0 to the highest one. */
function labelCount(header: TemplateData['header'], count: number): number {
  const highest = header.kind === 'idx' || header.kind === 'npy' ? header.range?.[1] : undefined;
  return Math.max(2, highest === undefined ? count : highest + 1);
}

function folderImages({ path, header }: TemplateData): Images | undefined {
  if (header.kind !== 'folder') return undefined;
  const [first, ...others] = header.sample.images;
  if (first === undefined || header.sample.rates.length > 0) return undefined;
  const alike = others.length === 0 && first[0] <= 2 * SIZE && first[1] <= 2 * SIZE;
  const [height, width] = alike ? first : [SIZE, SIZE];
  const channels = others.every(([, , each]) => each === first[2]) && first[2] === 1 ? 1 : 3;
  const decode = channels === first[2] && alike ? 'decodeImage' : `decodeImage(channels: ${channels})`;
  const steps = ['file', decode, ...(alike ? [] : [`resize(${height}, ${width})`]), 'scale(0..255, 0..1)'];
  const classes = header.classes?.count ?? 0;
  return {
    source: `folder(${quoted(path)})`,
    field: `image: float32[${height}, ${width}, ${channels}] = ${steps.join(' -> ')}`,
    size: [height, width, channels],
    label: classes >= 2 ? 'label: int32 = folder -> Index' : undefined,
    classes,
  };
}
