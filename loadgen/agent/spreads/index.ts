export { Spreads } from './spreads.ts';
