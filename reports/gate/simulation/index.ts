/** What the gate would do on a host whose blocks are known. */
export { drawFromBank } from './bank.ts';
