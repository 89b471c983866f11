/** Door of `generators`: our load process and load generators of others, and what is found out about them. */
import type { Subject } from '../subjects/index.ts';
import { type Bench, subjectOf } from './bench.ts';
import { artillery, createGenerator, loadProcess, plainLoop, tsung } from './tools/index.ts';

export { generatorMeasures } from './measures.ts';

/** All of them. */
export const generators: readonly Subject<Bench>[] = [
  loadProcess,
  plainLoop,
  createGenerator(artillery),
  createGenerator(tsung),
].map(subjectOf);
