/**
 * When layers are looked at, so that all looking together stays below one part in a hundred of the training time. It measures
 * time and decides only when to look; looking changes nothing, so a run is the same whatever it decides.
 */

/** Shares of the training time: for norms that the engine reads from its memory, and for a pass that looks at layers. */
const NORMS = 0.004;
const RESULTS = 0.005;
/** Norms are told as an event at most every so many steps, and at most so often in a run. */
const LEAST_BETWEEN = 10;
const MOST_TOLD = 500;
/** Milliseconds that the first look at layers may take: a graph of its own is opened for it. */
const OPENING = 40;
/** Milliseconds for one trained number: its gradient, the weight, and the weight from before are read once. */
const PER_NUMBER = 3e-6;
/** After this many steps that were looked at closely, looking goes on as usual. */
const CLOSE_STEPS = 100;
/** Runs that break do so most often at their start: there, every step is looked at. */
const FIRST_STEPS = 20;

export interface Cadence {
  /** Whether the next step shall tell the norms. What is read closely is made up for later. */
  wantsNorms(): boolean;
  /** Whether a look at layers is due after this step. */
  wantsResults(): boolean;
  /** Whether what was read is to be told as an event. */
  tells(step: number): boolean;
  /** A step is done: how long it took, and whether norms were read in it. */
  stepped(ms: number, withNorms: boolean): void;
  /** A look at layers is done. */
  looked(ms: number): void;
  /** Something has begun to go wrong: the next steps are all looked at. */
  lookClosely(): void;
}

/** `trained` is how many numbers are trained, `total` how many steps the run has. */
export function createCadence({ trained, total }: { readonly trained: number; readonly total: number }): Cadence {
  let computed = 0;
  let usual = 0;
  let reading = 0;
  let nextTold = 0;
  let looking = 0;
  let lastLook = 0;
  let close = FIRST_STEPS;
  const cost = trained * PER_NUMBER;
  return {
    wantsNorms: () => close > 0 || NORMS * computed >= reading + cost,
    wantsResults: () => RESULTS * computed >= looking + Math.max(lastLook, 2 * usual, looking === 0 ? OPENING : 0),
    tells(step) {
      if (step < nextTold) return false;
      nextTold = step + Math.max(LEAST_BETWEEN, Math.ceil(total / MOST_TOLD));
      return true;
    },
    stepped(ms, withNorms) {
      computed += ms;
      usual = usual === 0 ? ms : 0.9 * usual + 0.1 * ms;
      if (close > 0) close--;
      if (withNorms) reading += cost;
    },
    looked(ms) {
      looking += ms;
      lastLook = lastLook === 0 ? Math.min(ms, 2 * usual) : ms;
    },
    lookClosely() {
      close = Math.max(close, CLOSE_STEPS);
    },
  };
}
