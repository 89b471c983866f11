import { expect, test } from 'vitest';
import { MasterLine } from '../../process/controller/index.ts';
import type { Message } from '../../process/index.ts';
import { SCBroker } from './broker-process.ts';

test('SCBroker has its number and a line to the master', () => {
  const told: Message[] = [];
  const talk = { ipcAckTimeout: 1_000, propagateErrors: true, propagateWarnings: true, crashOnError: true };
  const broker = new SCBroker(2, new MasterLine('broker 2', talk, (message) => told.push(message)));
  expect(broker.id).toBe(2);
  void broker.sendToMaster('x');
  broker.emitWarning(new Error('odd'));
  expect(told).toMatchObject([
    { type: 'ask', data: 'x' },
    { type: 'problem', severity: 'warning' },
  ]);
});
