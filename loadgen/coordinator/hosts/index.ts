/** Door of `hosts`: a target of our own, on one host or several. */
export { startHosts } from './hosts.ts';
