/** Door of `network`: from where this host can connect. */
export { addressesTowards, mostAddresses } from './addresses.ts';
