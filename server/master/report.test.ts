import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createLog } from '../observe/log/index.ts';
import type { Cluster } from './cluster.ts';
import { levelOf, reportEvents } from './report.ts';

/** The lines a log gets from a cluster's events. */
function makeReport(
  logLevel: number,
  phase = 'ready',
): { cluster: EventEmitter; lines: () => Record<string, unknown>[] } {
  const written: string[] = [];
  const cluster = Object.assign(new EventEmitter(), { state: () => ({ phase }) });
  const output = { write: (text: string) => written.push(text) };
  reportEvents(cluster as unknown as Cluster, createLog({ level: levelOf(logLevel), name: 'test', output }));
  return { cluster, lines: () => written.map((line) => JSON.parse(line)) };
}

test('levelOf() writes more with each number', () => {
  expect([0, 1, 2, 3, 4].map(levelOf)).toEqual(['silent', 'error', 'warn', 'info', 'info']);
});

test('reportEvents() logs starts, ends and readiness', () => {
  const { cluster, lines } = makeReport(3);
  cluster.emit('brokerStart', { id: 0, pid: 7, respawn: false });
  cluster.emit('workerExit', { id: 1, pid: 8, expected: true, code: 0, signal: null });
  cluster.emit('ready', { port: 8000, adminPort: 9000 });
  expect(lines()).toMatchObject([
    { level: 'info', msg: 'broker 0 started', role: 'broker', childPid: 7, pid: process.pid },
    { level: 'info', msg: 'worker 1 ended', role: 'worker', code: 0 },
    { level: 'info', msg: 'ready', port: 8000, adminPort: 9000 },
  ]);
});

test('reportEvents() logs an unforeseen end as an error, last words included, and nothing else below', () => {
  const { cluster, lines } = makeReport(1);
  cluster.emit('workerStart', { id: 1, pid: 8 });
  cluster.emit('workerExit', {
    id: 1,
    pid: 8,
    expected: false,
    code: null,
    signal: 'SIGSEGV',
    lastWords: 'oh',
  });
  expect(lines()).toMatchObject([
    { level: 'error', msg: 'worker 1 ended unforeseen', signal: 'SIGSEGV', lastWords: 'oh' },
  ]);
});

test('reportEvents() leaves what fails during the start to whoever started the cluster', () => {
  const { cluster, lines } = makeReport(3, 'starting');
  cluster.emit('workerExit', { id: 0, pid: 8, expected: false, code: 1, signal: null });
  expect(lines()).toEqual([]);
});

test('reportEvents() logs what processes tell of themselves, with role, number and process id', () => {
  const { cluster, lines } = makeReport(3);
  const origin = { role: 'worker', id: 1, pid: 8 };
  cluster.emit('warning', new Error('odd'), origin);
  cluster.emit('error', new TypeError('broken'), { ...origin, isFatal: false });
  cluster.emit('info', 'rolling', { role: 'master', id: 0, pid: 1 });
  const fields = { role: 'worker', id: 1, childPid: 8 };
  expect(lines()).toMatchObject([
    { level: 'warn', msg: 'worker 1: odd', ...fields, err: { stack: expect.stringContaining('odd') } },
    { level: 'error', msg: 'worker 1: broken', ...fields, err: { type: 'TypeError' } },
    { level: 'info', msg: 'rolling', role: 'master', pid: process.pid },
  ]);
});

test('reportEvents() logs an error once when it ends its process', () => {
  const { cluster, lines } = makeReport(3);
  cluster.emit('error', new Error('planted'), { role: 'worker', id: 1, pid: 8, isFatal: true });
  cluster.emit('workerExit', { id: 1, pid: 8, expected: false, lastWords: 'Error: planted' });
  expect(lines()).toMatchObject([{ level: 'error', lastWords: 'Error: planted' }]);
});
