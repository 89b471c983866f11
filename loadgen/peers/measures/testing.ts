/** Test only: our server in one process, for a measure that is tried on it. */
import { onTestFinished } from 'vitest';
import { type Running, subjects } from '../subjects/index.ts';

/** Starts it; it ends with the test. */
export async function startOurs(): Promise<Running> {
  const subject = subjects.find(({ name }) => name === 'ours-attached');
  if (subject === undefined) throw new Error('Cannot find "ours-attached"');
  const running = await subject.start('secret');
  onTestFinished(() => running.stop());
  return running;
}

/** What a server tells that nobody is connected to. */
export const NOBODY = { sockets: 0, authenticated: 0 };
