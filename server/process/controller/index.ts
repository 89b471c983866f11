/** Door of `controller`: the application's files that processes run. */
export { classControllers } from './class-controller.ts';
export { type ControlledEvents, ControlledProcess } from './controlled-process.ts';
export { findController, loadController, runController } from './load-controller.ts';
export { MasterLine, type TalkOptions } from './master-line.ts';
