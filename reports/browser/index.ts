export type {
  ChartModel,
  ChartsModel,
  FrameModel,
  Line,
  LiveModel,
  MarkModel,
  PhaseModel,
  Point,
} from './model.ts';
