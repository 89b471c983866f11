/** Door of `cli`: the commands, one file each. */
export { addAgent } from './agents/index.ts';
export { addBaseline } from './baseline.ts';
export { addDoctor } from './doctor/index.ts';
export { addCompare, addReport, addTrend } from './finished/index.ts';
export { addGate } from './gate/index.ts';
export { addList } from './list.ts';
export { addNew } from './new.ts';
export { addPeers } from './peers.ts';
export { addCalibrate, addPlan } from './plan/index.ts';
export { addProfile } from './profile/index.ts';
export { addQuick } from './quick.ts';
export { addRun } from './run.ts';
export { addSelftest } from './selftest.ts';
export { explain, guardStreams } from './values/index.ts';
