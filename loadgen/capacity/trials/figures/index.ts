/** Door of `figures`: the lines of a record counted as a trial needs them. */
export { generatorOf } from './generator.ts';
export { outcomesOf } from './outcomes.ts';
export { spanOf } from './span.ts';
export { type Tally, tally } from './tally.ts';
export { countsOf, processesOf } from './target.ts';
export { trafficOf } from './traffic.ts';
