/** Door of control: who is there on other hosts, and what is revoked. */
export { Control } from './control.ts';
