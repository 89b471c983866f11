export { minBinCodec } from './min-bin.ts';
