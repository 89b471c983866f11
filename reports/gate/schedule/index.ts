/** The order of everything that is measured, drawn from a seed that anybody can repeat. */
export {
  type Arm,
  type BlockLength,
  type BlockPlan,
  planBlocks,
  planFolders,
  windowsIn,
} from './blocks.ts';
export { createStream, deriveSeed } from './random.ts';
