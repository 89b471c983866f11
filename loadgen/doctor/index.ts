/** Door of `doctor`: what this host is and what it can carry. */
export { estimateCost, heartbeatsPerSecond } from './cost.ts';
export { type Examination, examine, forecastOf, type Trial } from './examine.ts';
export { readFacts } from './facts.ts';
export { folderName, makeFolder, makeNewFolder, refuseOlderResults } from './folder.ts';
export { readHost } from './host.ts';
export { fitOf, fitRun, isLoopback, refuseProcesses } from './preflight.ts';
export { pricesOf } from './prices.ts';
