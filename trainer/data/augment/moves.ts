/** Augmentations that move pixels: `flip`, `crop`, `pad`, `rotate`, `zoom`, `shift`, `shear`. */
import type { Settings } from '../../../language/index.ts';
import type { Chance } from '../chance.ts';
import type { Canvas } from './canvas.ts';
import { numberAt, rangeAt } from './settings.ts';

/** Changes one row; all fields of a flow draw the same numbers. */
export type Change = (canvas: Canvas, chance: Chance) => void;

export function flip(settings: Settings): Change {
  const vertical = settings.vertical === true;
  return (canvas, chance) => {
    if (chance.uniform() < 0.5) canvas.motionFor('flip').flip(false);
    if (vertical && chance.uniform() < 0.5) canvas.motionFor('flip').flip(true);
  };
}

export function crop(settings: Settings): Change {
  const [height, width] = [numberAt(settings, 'height'), numberAt(settings, 'width')];
  return (canvas, chance) => {
    const motion = canvas.motionFor('turn');
    const top = chance.below(motion.height - height + 1);
    const left = chance.below(motion.width - width + 1);
    motion.crop(top, left, height, width);
  };
}

export function pad(settings: Settings): Change {
  const border = numberAt(settings, 'n');
  return (canvas) => canvas.motionFor('pad').pad(border);
}

export function rotate(settings: Settings): Change {
  const most = (numberAt(settings, 'degrees') * Math.PI) / 180;
  return (canvas, chance) => {
    const angle = chance.between(-most, most);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    canvas.motionFor('turn').turn(cos, -sin, sin, cos);
  };
}

export function zoom(settings: Settings): Change {
  const [low, high] = rangeAt(settings, 'range');
  return (canvas, chance) => {
    const factor = 1 / chance.between(low, high);
    canvas.motionFor('turn').turn(factor, 0, 0, factor);
  };
}

export function shear(settings: Settings): Change {
  const most = (numberAt(settings, 'degrees') * Math.PI) / 180;
  return (canvas, chance) => canvas.motionFor('turn').turn(1, Math.tan(chance.between(-most, most)), 0, 1);
}

/** Pictures across and down; sounds, which have one line, earlier and later. */
export function shift(settings: Settings): Change {
  const most = numberAt(settings, 'amount');
  return (canvas, chance) => {
    const across = chance.below(2 * most + 1) - most;
    const down = chance.below(2 * most + 1) - most;
    canvas.motionFor('turn').shift(across, canvas.track.shape.length === 1 ? 0 : down);
  };
}
