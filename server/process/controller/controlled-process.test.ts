import { expect, test, vi } from 'vitest';
import type { Message } from '../ipc.ts';
import { type ControlledEvents, ControlledProcess, type TalkOptions } from './controlled-process.ts';

class Controlled extends ControlledProcess<ControlledEvents> {}

function make(options: Partial<TalkOptions> = {}): { subject: Controlled; told: Message[] } {
  const told: Message[] = [];
  const subject = new Controlled(
    {
      ipcAckTimeout: 1_000,
      propagateErrors: true,
      propagateWarnings: true,
      crashOnError: true,
      ...options,
    },
    (message) => told.push(message),
  );
  return { subject, told };
}

test('ControlledProcess sends to the master and takes its answer', async () => {
  const { subject, told } = make();
  const answer = subject.sendToMaster({ a: 1 });
  expect(told).toMatchObject([{ type: 'ask', data: { a: 1 } }]);
  expect(subject.hear({ type: 'answer', call: told[0]?.['call'], data: 2 })).toBe(true);
  await expect(answer).resolves.toBe(2);
});

test('ControlledProcess hands what the master sends to masterMessage, and says when nobody listens', () => {
  const { subject, told } = make();
  subject.hear({ type: 'ask', call: 4, data: 'x' });
  expect(told.splice(0)).toMatchObject([
    { type: 'answer', call: 4, error: { message: 'Cannot take a message: nobody listens for it' } },
  ]);
  subject.on('masterMessage', (data, respond) => respond(null, `${data}!`));
  subject.hear({ type: 'ask', call: 5, data: 'x' });
  expect(told).toEqual([{ type: 'answer', call: 5, data: 'x!' }]);
  expect(subject.hear({ type: 'rule' })).toBe(false);
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

test('survive() ends the process unless it was told not to, and then keeps the error from nobody', () => {
  expect(make().subject.survive(new Error('x'))).toBe(false);
  const { subject, told } = make({ crashOnError: false });
  expect(subject.survive(new Error('planted'))).toBe(true);
  expect(told).toMatchObject([{ severity: 'error', error: { message: 'planted' } }]);

  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(make({ crashOnError: false, propagateErrors: false }).subject.survive('quiet')).toBe(true);
  expect(write).toHaveBeenCalledExactlyOnceWith('quiet\n');
  write.mockRestore();
});
