/** Door of `clients`: our load process and other clients, and what is found out about them. */
export { clientMeasures } from './measures.ts';
export { clients } from './subjects.ts';
