/** What is made of the run so far, made anew as often as that costs next to nothing: who watches must not disturb. */

/** After this many times what it took a thing is made again: at most a twenty-fifth of a core, and mostly less. */
const REST_FACTOR = 25;

/** Looks at the run so far. What it gives may be some seconds old when the run is long. */
export type Glance<View> = () => View;

/**
 * Makes a glance out of a function that takes a while.
 *
 * @param now Milliseconds of a clock that never goes back.
 */
export function glanceAt<View>(make: () => View, now: () => number = () => performance.now()): Glance<View> {
  let last: { view: View } | undefined;
  let notBefore = Number.NEGATIVE_INFINITY;
  return () => {
    const begun = now();
    if (last === undefined || begun >= notBefore) {
      last = { view: make() };
      const ended = now();
      notBefore = ended + (ended - begun) * REST_FACTOR;
    }
    return last.view;
  };
}
