import { expect, test, vi } from 'vitest';
import type { Message } from '../ipc.ts';
import { type ControlledEvents, ControlledProcess } from './controlled-process.ts';
import { MasterLine, type TalkOptions } from './master-line.ts';

class Controlled extends ControlledProcess<ControlledEvents> {}

function make(options: Partial<TalkOptions> = {}): {
  line: MasterLine;
  subject: Controlled;
  told: Message[];
} {
  const told: Message[] = [];
  const talk = { ipcAckTimeout: 1_000, propagateErrors: true, propagateWarnings: true, crashOnError: true };
  const line = new MasterLine('worker 3', { ...talk, ...options }, (message) => told.push(message));
  return { line, subject: new Controlled(line), told };
}

test('ControlledProcess sends to the master and takes its answer', async () => {
  const { line, subject, told } = make();
  const answer = subject.sendToMaster({ a: 1 });
  expect(told).toMatchObject([{ type: 'ask', data: { a: 1 } }]);
  expect(line.take({ type: 'answer', call: told[0]?.['call'], data: 2 })).toBe(true);
  await expect(answer).resolves.toBe(2);
});

test('ControlledProcess hands what the master sends to masterMessage, and says when nobody listens', () => {
  const { line, subject, told } = make();
  line.take({ type: 'ask', call: 4, data: 'x' });
  expect(told.splice(0)).toMatchObject([
    {
      type: 'answer',
      call: 4,
      error: { message: 'Cannot take a message: nobody in worker 3 listens for it' },
    },
  ]);
  subject.on('masterMessage', (data, respond) => respond(null, `${data}!`));
  line.take({ type: 'ask', call: 5, data: 'x' });
  expect(told).toEqual([{ type: 'answer', call: 5, data: 'x!' }]);
  expect(line.take({ type: 'rule' })).toBe(false);
});

test('ControlledProcess tells listeners and the master of warnings and errors, and needs no listener', () => {
  const { subject, told } = make();
  subject.emitError('lost');
  const heard = vi.fn();
  subject.on('warning', heard);
  subject.on('error', heard);
  subject.emitWarning(new Error('odd'));
  subject.emitError('broken');
  expect(heard.mock.calls).toMatchObject([[{ message: 'odd' }], [{ message: 'broken' }]]);
  expect(told).toMatchObject([
    { severity: 'error', error: { message: 'lost' } },
    { severity: 'warning', error: { message: 'odd' } },
    { severity: 'error', error: { message: 'broken' } },
  ]);
});

test('emitError() and emitWarning() say what is in a value that is no error', () => {
  const { subject, told } = make();
  subject.emitError({ a: 1 });
  subject.emitWarning(undefined);
  expect(told).toMatchObject([{ error: { message: '{ a: 1 }' } }, { error: { message: 'undefined' } }]);
});
