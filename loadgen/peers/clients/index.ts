/** Door of `clients`: our load process and other clients, and what is found out about them. */
export type { ClientStart } from './client-start.ts';
export { clientMeasures } from './measures.ts';
export { QUESTION } from './speakers/index.ts';
export { clients, shareOf } from './subjects.ts';
