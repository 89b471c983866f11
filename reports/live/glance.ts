/** What is made of the run so far, made anew as often as that costs next to nothing: who watches must not disturb. */

/** After this many times the processor time it took a thing is made again: at most a twentieth of a core, mostly less. */
const REST_FACTOR = 20;

/** Looks at the run so far. What it gives may be some seconds old when the run is long. */
export type Glance<View> = () => View;

/** Clocks in milliseconds that never go back. */
export interface Clocks {
  now(): number;
  /** Processor time this process has taken. */
  spent(): number;
}

const ownClocks: Clocks = {
  now: () => performance.now(),
  // Not the time that went by: on a busy host that would be the others' as well.
  spent() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
};

/** Makes a glance out of a function that takes a while. */
export function glanceAt<View>(make: () => View, clocks: Clocks = ownClocks): Glance<View> {
  let last: { view: View } | undefined;
  let notBefore = Number.NEGATIVE_INFINITY;
  return () => {
    if (last === undefined || clocks.now() >= notBefore) {
      const before = clocks.spent();
      last = { view: make() };
      notBefore = clocks.now() + (clocks.spent() - before) * REST_FACTOR;
    }
    return last.view;
  };
}
