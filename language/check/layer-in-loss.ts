/** A layer with weights written in a loss or metric: it belongs to no model, so nothing would keep what it learns. */
import type { Frame } from './frame.ts';
import type { AppliedEntry, Site } from './layer.ts';
import { complain } from './report.ts';

/** True: it is one, which is reported. Layers of the model that the section uses by name are its own. */
export function reportLayerInLoss(entry: AppliedEntry, site: Site, frame: Frame): boolean {
  const [first] = frame.places;
  if (first !== 'loss' && first !== 'metric') return false;
  if (entry.kind !== 'operation' || !entry.weights || frame.naming.path !== '') return false;
  complain(site.frame, site.callee, 'train/layer-in-loss', { layer: entry.name });
  return true;
}
