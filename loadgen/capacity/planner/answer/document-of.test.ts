import { expect, test } from 'vitest';
import { type PlanDocument, parsePlan } from '../../../../reports/plan/index.ts';
import { estimateOf } from '../../estimate/index.ts';
import { chooseInstances, readSnapshot } from '../../instances/index.ts';
import { aPrediction } from '../../predictions/testing.ts';
import { builtIn } from '../../profiles/testing.ts';
import { createDraws } from '../../simulation/index.ts';
import { parseSlo } from '../../slo/index.ts';
import { aRecord, aSize } from '../testing.ts';
import type { Planned } from '../work/index.ts';
import { type Answering, documentOf } from './document-of.ts';
import { lawOf, pointsOf } from './scaling-part.ts';

const prices = readSnapshot();
const answering: Answering = {
  profile: builtIn('42k'),
  slo: parseSlo('99% < 50ms'),
  machine: { sharesCore: false, instance: chooseInstances(prices, ['c7a.large'])[0]! },
  host: { processor: 'Z80', cores: 2, memoryBytes: 4e9, node: '20.20.2', kernel: '6.1' },
  instances: chooseInstances(prices, ['c7a', 'c7g']),
  prices,
  scores: [],
  at: new Date('2026-08-01T00:00:00Z'),
  command: 'npx scbench plan',
  project: '1.0.0',
  folder: (path) => path,
  draw: createDraws(1, 0).even,
  predictions: [],
};
const points = [1, 1, 2, 2, 3, 4].map((workers) => aSize(workers, { share: 0.2 }));
const withLaw = { ...answering, law: lawOf(pointsOf(points), createDraws(1, 1).even) };
const whole: Planned = {
  main: aSize(1),
  proof: {
    proven: false,
    findings: [{ name: 'ceiling', value: Number.NaN, wanted: 'at least 1.5', ok: false }],
    wording: 'at least',
    remark: '(generator-limited)',
  },
  points,
  remarks: ['something was left out'],
  isInterrupted: false,
};

/** What is left when it is written and read. */
function again(document: PlanDocument): PlanDocument {
  return parsePlan(JSON.stringify(document), { name: 'plan.json' });
}

test('documentOf() has fleets, law, costs and proof of a whole plan, and can be read again', () => {
  const document = documentOf(whole, { ...withLaw, users: 50_000 });
  expect(again(document)).toEqual(document);
  expect(document.sizes).toHaveLength(7);
  expect(document.scaling?.points).toHaveLength(6);
  expect(document.fleets?.rows.length).toBeGreaterThan(10);
  expect(document.fleets?.rows.some(({ tier }) => tier === 'T0')).toBe(true);
  expect(document.fleets?.needed).toMatchObject({ users: 50_000 });
  expect(document.tables?.csv).toContain('c7a.large');
  expect(document.costs.map(({ role }) => role)).toEqual(['worker']);
  expect(document.proof?.findings).toMatchObject([{ name: 'ceiling', value: null, ok: false }]);
  expect(document.remarks).toEqual(['something was left out']);
});

test('documentOf() says wherever fleets are shown that a capacity is a lower bound, or was never confirmed', () => {
  const notesWith = (change: object, proven = true): readonly string[] => {
    const main = aSize(1, { result: { ...aSize(1).result, ...change } });
    const proof = { proven, findings: [], wording: '', remark: '' } as const;
    const { fleets, tables } = documentOf({ ...whole, main, proof }, withLaw);
    for (const note of fleets?.notes ?? []) expect(tables?.text).toContain(note);
    return fleets?.notes ?? [];
  };
  const bound = expect.stringMatching(/is a lower bound \(generator-limited\): users are at least/);
  expect(notesWith({})).not.toContainEqual(bound);
  expect(notesWith({}, false)).toContainEqual(bound);
  expect(notesWith({ atLeast: 'generator-limited' })).toContainEqual(bound);
  expect(notesWith({ atLeast: 'no larger load was tried' }).join()).toContain('(no larger load was tried)');
  expect(notesWith({ confirmed: undefined })).toContainEqual(expect.stringMatching(/^No soak confirmed/));
});

test('documentOf() never recommends more than twice the workers that were measured', () => {
  const { fleets } = documentOf(whole, withLaw);
  for (const row of fleets?.rows ?? []) {
    if (row.grade === 'beyond')
      expect(row).toMatchObject({ isRecommended: false, unfit: expect.any(String) });
  }
});

test('documentOf() says what is missing of a plan that was interrupted, or had too few points', () => {
  const cut = documentOf({ points: [], remarks: [], isInterrupted: true }, answering);
  expect(again(cut)).toMatchObject({
    sizes: [],
    proof: null,
    scaling: null,
    fleets: null,
    tables: null,
    memory: null,
  });
  expect(cut.remarks).toEqual(['The plan was interrupted: it holds what was measured until then']);
  const few = documentOf({ ...whole, points: [aSize(1)] }, answering);
  expect(few.scaling).toBeNull();
  expect(few.fleets).not.toBeNull();
  expect(few.remarks.at(-1)).toMatch(/^Without a scaling law/);
});

test('documentOf() has fleets of users who hardly say anything, by what was measured without a search', () => {
  const counts = { ...aRecord().counts, inbound: 0, deliveries: 0, pings: 66_000 };
  const sockets = {
    memory: { perSocket: estimateOf(8_000, 0.05), base: 70e6 },
    connectMicros: 100,
    mostSockets: 4_000,
    othersBytes: 90e6,
    churn: aRecord(),
    crowd: aRecord({ users: 2_000, counts }),
    remarks: [],
  };
  const idle = { ...answering, profile: builtIn('idle'), users: 50_000 };
  const document = documentOf({ sockets, points: [], remarks: [], isInterrupted: false }, idle);
  expect(again(document)).toEqual(document);
  expect(document).toMatchObject({ sizes: [], proof: null, memory: { perSocket: { median: 8_000 } } });
  const rows = document.fleets?.rows ?? [];
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.map(({ tier }) => tier)).not.toContain('T0');
  expect(rows.find(({ type, nodes }) => type === 'c7a.large' && nodes === 1)).toMatchObject({
    tier: 'T1',
    binding: 'tracked connections',
    messages: { in: 0, out: 0 },
  });
  expect(rows.find(({ isRecommended }) => isRecommended)).toMatchObject({ type: 'c7a.large' });
  expect(document.fleets?.needed?.fleets.length).toBeGreaterThan(0);
  expect(document.remarks[0]).toMatch(/^No capacity was searched/);
});

test('documentOf() warns of old prices, and of sockets that did the work of several users', () => {
  const crowded = aSize(1).trials.map((trial) => ({ ...trial, usersPerSocket: 2.5 }));
  const { remarks } = documentOf(
    { ...whole, main: aSize(1, { trials: crowded }) },
    { ...withLaw, at: new Date('2027-06-01T00:00:00Z') },
  );
  expect(remarks[0]).toMatch(/^Prices are of /);
  expect(remarks.at(-1)).toContain('the work of up to 2.5 users: what sockets cost');
  const packed = aSize(1).trials.map((trial) => ({ ...trial, usersPerSocket: 90 }));
  const rare = documentOf({ ...whole, main: aSize(1, { trials: packed }) }, withLaw).remarks.at(-1);
  // Heartbeats of 42k come each 25 s, and to a socket no faster than each 300 ms.
  expect(rare).toContain('the work of up to 90.0 users, but for heartbeats');
});

test('documentOf() tells what was foretold with its hash, and how often it came true', () => {
  const hash = 'ab'.repeat(32);
  const frozen = { ...aPrediction(), hash };
  const { predictions } = documentOf(whole, { ...answering, predictions: [frozen] });
  expect(predictions).toMatchObject({ frozen: [{ subject: frozen.subject, hash }], coverage: null });
  const measurement = { of: hash, at: '2026-08-02T00:00:00Z', median: 5_700, lower: 5_500, upper: 5_900 };
  const later = documentOf(whole, { ...answering, predictions: [{ ...frozen, measurement }] });
  expect(later.predictions.coverage).toMatch(/^1 of 1 measurements lay in the interval of 90 %/);
});
