/** What stands in `data`: sources, transforms, augmentations. One import and one line for each file. */

import { blur } from './augment/blur.ts';
import { brightness } from './augment/brightness.ts';
import { contrast } from './augment/contrast.ts';
import { crop } from './augment/crop.ts';
import { cutmix } from './augment/cutmix.ts';
import { elastic } from './augment/elastic.ts';
import { erase } from './augment/erase.ts';
import { flip } from './augment/flip.ts';
import { hue } from './augment/hue.ts';
import { maskBands } from './augment/maskBands.ts';
import { maskTime } from './augment/maskTime.ts';
import { mixup } from './augment/mixup.ts';
import { noise } from './augment/noise.ts';
import { pad } from './augment/pad.ts';
import { pitch } from './augment/pitch.ts';
import { rotate } from './augment/rotate.ts';
import { saturation } from './augment/saturation.ts';
import { shear } from './augment/shear.ts';
import { shift } from './augment/shift.ts';
import { stretch } from './augment/stretch.ts';
import { zoom } from './augment/zoom.ts';
import { abs } from './data/abs.ts';
import { Bucketize } from './data/Bucketize.ts';
import { BytePairs } from './data/BytePairs.ts';
import { ceil } from './data/ceil.ts';
import { centerCrop } from './data/centerCrop.ts';
import { characters } from './data/characters.ts';
import { clip } from './data/clip.ts';
import { column } from './data/column.ts';
import { decodeAudio } from './data/decodeAudio.ts';
import { decodeImage } from './data/decodeImage.ts';
import { drop } from './data/drop.ts';
import { exp } from './data/exp.ts';
import { expand } from './data/expand.ts';
import { fill } from './data/fill.ts';
import { fit } from './data/fit.ts';
import { floor } from './data/floor.ts';
import { hide } from './data/hide.ts';
import { Index } from './data/Index.ts';
import { log } from './data/log.ts';
import { log1p } from './data/log1p.ts';
import { lower } from './data/lower.ts';
import { Normalize } from './data/Normalize.ts';
import { OneHot } from './data/OneHot.ts';
import { parseDate } from './data/parseDate.ts';
import { previous } from './data/previous.ts';
import { reshape } from './data/reshape.ts';
import { resize } from './data/resize.ts';
import { round } from './data/round.ts';
import { scale } from './data/scale.ts';
import { split } from './data/split.ts';
import { sqrt } from './data/sqrt.ts';
import { stack } from './data/stack.ts';
import { standardize } from './data/standardize.ts';
import { trim } from './data/trim.ts';
import { Words } from './data/Words.ts';
import { where } from './data/where.ts';
import { windows } from './data/windows.ts';
import type { Entry } from './entry.ts';
import { csv } from './source/csv.ts';
import { download } from './source/download.ts';
import { folder } from './source/folder.ts';
import { idx } from './source/idx.ts';
import { jsonl } from './source/jsonl.ts';
import { npy } from './source/npy.ts';
import { parquet } from './source/parquet.ts';
import { sql } from './source/sql.ts';
import { text } from './source/text.ts';

export const pipelineEntries: readonly Entry[] = [
  csv,
  download,
  folder,
  idx,
  jsonl,
  npy,
  parquet,
  sql,
  text,
  Bucketize,
  BytePairs,
  centerCrop,
  characters,
  clip,
  column,
  decodeAudio,
  decodeImage,
  drop,
  expand,
  fill,
  fit,
  hide,
  Index,
  lower,
  Normalize,
  OneHot,
  parseDate,
  previous,
  resize,
  scale,
  split,
  stack,
  standardize,
  trim,
  windows,
  Words,
  where,
  reshape,
  sqrt,
  round,
  log1p,
  log,
  floor,
  exp,
  ceil,
  abs,
  blur,
  brightness,
  contrast,
  crop,
  cutmix,
  elastic,
  erase,
  flip,
  hue,
  maskBands,
  maskTime,
  mixup,
  noise,
  pad,
  pitch,
  rotate,
  saturation,
  shear,
  shift,
  stretch,
  zoom,
];
