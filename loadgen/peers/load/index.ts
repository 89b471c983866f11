/** Door of `load`: the clients of the measures, and what they find out about the processor. */
export { Clients, type ClientsOptions } from './clients.ts';
export { keepApart } from './cores.ts';
export type { Dialect } from './dialects.ts';
export { keepFull } from './keep-full.ts';
export { type Cost, costOf } from './meter.ts';
