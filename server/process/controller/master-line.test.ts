import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import type { Message } from '../ipc.ts';
import { MasterLine, type TalkOptions } from './master-line.ts';

function make(options: Partial<TalkOptions> = {}): {
  line: MasterLine;
  subject: EventEmitter;
  told: Message[];
} {
  const told: Message[] = [];
  const talk = { ipcAckTimeout: 1_000, propagateErrors: true, propagateWarnings: true, crashOnError: true };
  const line = new MasterLine('worker 3', { ...talk, ...options }, (message) => told.push(message));
  const subject = new EventEmitter();
  line.serve(subject);
  return { line, subject, told };
}

test('survive() ends the process unless it was told not to, and then keeps the error from nobody', () => {
  expect(make().line.survive(new Error('x'))).toBe(false);
  const { line, told } = make({ crashOnError: false });
  expect(line.survive(new Error('planted'))).toBe(true);
  expect(told).toMatchObject([{ severity: 'error', error: { message: 'planted' } }]);

  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(make({ crashOnError: false, propagateErrors: false }).line.survive('quiet')).toBe(true);
  expect(write).toHaveBeenCalledExactlyOnceWith('quiet\n');
  write.mockRestore();
});

test('MasterLine works whatever methods a class of the application has', async () => {
  const { line, subject, told } = make();
  Object.assign(subject, {
    hear: () => 'mine',
    survive: () => 'mine',
    take: () => 'mine',
    report: () => 'mine',
  });
  subject.on('masterMessage', (_data, respond) => respond(null, 'heard'));
  line.take({ type: 'ask', call: 1, data: 'x' });
  line.report('warning', 'odd');
  expect(told).toMatchObject([{ type: 'answer', data: 'heard' }, { severity: 'warning' }]);
});
