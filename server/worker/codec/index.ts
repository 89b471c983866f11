export { Codec } from './codec.ts';
