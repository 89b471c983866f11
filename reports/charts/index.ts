export type { Figures } from './charts.ts';
export { buildFigures, runSeconds } from './charts.ts';
export type { Figure } from './figure.ts';
