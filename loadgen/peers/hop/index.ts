/** Door of `hop`: what a publication costs on the way between our own processes. */
import { crossingFigures, startCrossing } from './crossing.ts';
import { hopFigures, startHop } from './hop.ts';

/** What is measured of our own server alone. Crossing needs nats-server, so it is only taken when it is asked for. */
export const ownMeasures = [
  { name: 'hop', figures: hopFigures, start: startHop, isUsual: true },
  { name: 'crossing', figures: crossingFigures, start: startCrossing, isUsual: false },
] as const;
