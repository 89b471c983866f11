/** Door of `growth`: whether a target keeps more and more memory. */
export { growthOf } from './growth.ts';
