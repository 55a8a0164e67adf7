/** What is written between or before values. One import and one line for each file. */
import type { Entry } from './entry.ts';
import { add } from './operator/add.ts';
import { and } from './operator/and.ts';
import { divide } from './operator/divide.ts';
import { equal } from './operator/equal.ts';
import { floorDivide } from './operator/floorDivide.ts';
import { greater } from './operator/greater.ts';
import { greaterEqual } from './operator/greaterEqual.ts';
import { less } from './operator/less.ts';
import { lessEqual } from './operator/lessEqual.ts';
import { matmul } from './operator/matmul.ts';
import { modulo } from './operator/modulo.ts';
import { multiply } from './operator/multiply.ts';
import { negate } from './operator/negate.ts';
import { not } from './operator/not.ts';
import { notEqual } from './operator/notEqual.ts';
import { or } from './operator/or.ts';
import { power } from './operator/power.ts';
import { subtract } from './operator/subtract.ts';

export const operatorEntries: readonly Entry[] = [
  add,
  and,
  divide,
  equal,
  floorDivide,
  greater,
  greaterEqual,
  less,
  lessEqual,
  matmul,
  modulo,
  multiply,
  negate,
  not,
  notEqual,
  or,
  power,
  subtract,
];
