import { expect, test } from 'vitest';
import { type Run, type RunEvent, toRun, type Verdict } from '../../results/index.ts';
import { syntheticRun } from '../../testing.ts';
import { failureOf } from './judge-trial.ts';

const whole = toRun(syntheticRun({ users: 60, workers: 2, seconds: 2 }));
const judged = (status: Verdict['status'], reasons: string[] = [], events: RunEvent[] = []): Run => ({
  ...whole,
  events,
  summary: { ...whole.summary, verdict: { status, validity: 'valid', reasons } },
});

test('failureOf() takes a trial that passed, and one that a host could not follow', () => {
  expect(failureOf({ run: judged('pass'), exitCode: 0 })).toBeUndefined();
  expect(failureOf({ run: judged('invalid', ['It was late']), exitCode: 112 })).toBeUndefined();
});

test('failureOf() says that a trial was interrupted, whatever it had measured until then', () => {
  expect(failureOf({ run: judged('pass'), exitCode: 105 })).toMatchObject({
    code: 'RUN_INTERRUPTED',
    message: 'Cannot tell what this host carries: its trial was interrupted',
  });
});

test('failureOf() tells why a trial failed, by the code of its end', () => {
  const process = { role: 'worker', id: 1, pid: 71 } as const;
  const end: RunEvent = { type: 'event', second: 3, kind: 'worker-exit', text: 'Worker 1 ended', process };
  const full: RunEvent = { type: 'event', second: 3, kind: 'unwritten', text: 'Cannot write: no space left' };
  const failures: [Run, exitCode: number, code: string, why: string][] = [
    [judged('fail', ['No message was answered'], [end]), 1, 'PROCESS_FAILED', 'Worker 1 ended'],
    [judged('invalid', ['It was late'], [end]), 112, 'PROCESS_FAILED', 'Worker 1 ended'],
    [judged('invalid', ['Lost 1 load process']), 114, 'AGENT_LOST', 'Lost 1 load process'],
    [judged('invalid', ['Cut short'], [full]), 112, 'RESULTS_UNWRITTEN', 'Cannot write: no space left'],
    [judged('invalid', ['Nobody connected']), 113, 'TARGET_UNREACHABLE', 'Nobody connected'],
    [judged('fail', ['No message was answered']), 99, 'RUN_INVALID', 'No message was answered'],
  ];
  for (const [run, exitCode, code, why] of failures) {
    const message = `Cannot tell by a trial what this host carries: ${why}`;
    expect(failureOf({ run, exitCode })).toMatchObject({ code, message });
  }
});

test('failureOf() takes no trial of which more than a few messages had no user', () => {
  const without = (unsent: number): Run => {
    const { summary, ...run } = judged('invalid', ['It was late']);
    const phases = summary.phases.map((phase) => {
      const counts = phase.measured ? { sent: 1_000 - unsent, unsent } : { sent: 0, unsent: 500 };
      return { ...phase, messages: { ...phase.messages, ...counts } };
    });
    return { ...run, summary: { ...summary, phases } };
  };
  expect(failureOf({ run: without(10), exitCode: 112 })).toBeUndefined();
  expect(failureOf({ run: without(11), exitCode: 112 })).toMatchObject({
    code: 'RUN_INVALID',
    message:
      'Cannot tell by a trial what this host carries: of its 1000 messages 11 came due on users that were not connected',
  });
});

test('failureOf() takes no trial in which nothing was answered', () => {
  const run = judged('invalid');
  run.summary.messages.received = 0;
  expect(failureOf({ run, exitCode: 112 })).toMatchObject({
    code: 'RUN_INVALID',
    message: expect.stringMatching(/: nothing was answered$/),
  });
});
