/** Door of `handover`: connections that go from one process to another. */
export { closeUntaken } from './dealt.ts';
export { type Handle, onHandle, postHandle, release, resumeReading, stopReading, take } from './handle.ts';
export { borrowPort, holdPort, lendPort } from './held-port.ts';
