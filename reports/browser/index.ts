export type {
  ChartModel,
  ChartsModel,
  FrameModel,
  Line,
  LiveModel,
  MarkModel,
  Packed,
  PhaseModel,
  Point,
} from './model.ts';
export { unpack } from './unpack.ts';
