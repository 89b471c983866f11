export type { ChartModel, ChartsModel, FrameModel, Line, MarkModel, PhaseModel, Point } from './model.ts';
