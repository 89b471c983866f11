/** What runs within the servers that are compared: the benchmark's own application, the same for every build. */
export { elementsFor } from './burden.ts';
export type { HeapUse } from './heap.ts';
export { type Injection, parseInjection } from './injection.ts';
export type { Question } from './line.ts';
export type { Planted } from './plant.ts';
export { environmentOf } from './start.ts';
