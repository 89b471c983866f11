/** Door of `values`: what goes into commands, and what they end with. */
export { addBusFlags, type BusFlags, busAddressOf } from './bus.ts';
export { commandLine } from './command-line.ts';
export { explain } from './explain.ts';
export { printSummary } from './print-summary.ts';
export { guardStreams } from './streams.ts';
export { all, header, integer, names, once, port, positive, wanted } from './values.ts';
export { writeOutput } from './write-output.ts';
