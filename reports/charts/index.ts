export type { Figures } from './charts.ts';
export { buildFigures, runSeconds } from './charts.ts';
export type { Figure } from './figure.ts';
export { line } from './lines.ts';
export { spectrumFigure } from './spectrum.ts';
