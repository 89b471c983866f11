import { expect, test } from 'vitest';
import { resolvePlan } from '../../plan/resolve/index.ts';
import { announceFaults } from './announce.ts';

const scenario = {
  name: 's',
  question: 'q?',
  users: 10,
  ramp: 10,
  settle: 2,
  duration: 30,
  answerWithin: 4,
  behaviour: { kind: 'idle' },
  target: { workers: 2, brokers: 1, controller: './c.js' },
  rules: [],
};

test('announceFaults() says what is done when, and to whom', () => {
  const faults = [
    { at: 20, do: 'roll' },
    { at: 5, do: 'kill', id: 1 },
    { at: 10, do: 'stop', role: 'broker', for: 6 },
  ];
  expect(announceFaults(resolvePlan({ ...scenario, faults }))).toEqual([
    { second: 8, text: 'Kill worker 1', role: 'worker', id: 1 },
    { second: 13, text: 'Hold all brokers for 6 s', role: 'broker' },
    { second: 23, text: 'Replace all workers, one after the other', role: 'worker' },
  ]);
});

test('announceFaults() speaks of hosts where they are drained', () => {
  const target = { ...scenario.target, hosts: 2 };
  const faults = [
    { at: 1, do: 'drain' },
    { at: 20, do: 'drain', id: 1 },
  ];
  expect(announceFaults(resolvePlan({ ...scenario, target, faults }))).toEqual([
    { second: 4, text: 'Drain all hosts, one after the other, and start again' },
    { second: 23, text: 'Drain host 1, and start again' },
  ]);
});

test('announceFaults() announces nothing where nothing is planned', () => {
  expect(announceFaults(resolvePlan(scenario))).toEqual([]);
});
