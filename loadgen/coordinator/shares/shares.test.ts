import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planHash } from '../../plan/index.ts';
import { groupOf, planOf } from '../../plan/testing.ts';
import { bundleOf, type ShareParts, sharesOf } from './shares.ts';

function partsOf(folder: string): ShareParts {
  const behaviour = { kind: 'custom', file: './own.mjs', options: null } as const;
  const plan = planOf({ users: 9, groups: [groupOf({ users: 9, behaviour })] });
  return {
    request: { traceUser: 3 },
    resolved: { plan, connect: {}, driver: 'socketcluster', protocolVersion: 'auto' },
    folder,
    fit: { processes: 2, sourceAddresses: ['127.0.1.1'] },
    target: { host: 'one', port: 8_000, path: '/x', url: 'wss://one:8000/x' },
  };
}

test('sharesOf() makes one share for each load process, whose behaviours are found from anywhere', () => {
  const shares = sharesOf(partsOf('/scenarios'));
  expect(shares.map(({ process }) => process)).toEqual([0, 1]);
  expect(shares[1]).toMatchObject({ processes: 2, traceUser: 3, sourceAddresses: ['127.0.1.1'] });
  expect(shares[0]?.target).toEqual({ host: 'one', port: 8_000, path: '/x', secure: true, insecure: false });
  expect(shares[0]?.plan.groups[0]?.behaviour).toMatchObject({ file: '/scenarios/own.mjs' });
});

test('sharesOf() and bundleOf() name all hosts of a target, and nothing else of them', () => {
  const parts = partsOf('/scenarios');
  const { plan } = parts.resolved;
  const idle = { ...parts.resolved, plan: { ...plan, groups: [groupOf({ users: 9 })] } };
  const others = [{ host: 'two', port: 8_001, address: '10.0.0.2', url: 'wss://two:8001/x' }];
  const several = { ...parts, resolved: idle, target: { ...parts.target, others } };
  const wanted = { host: 'one', others: [{ host: 'two', port: 8_001 }] };
  expect(sharesOf(several).map(({ target }) => target)).toMatchObject([wanted, wanted]);
  expect(bundleOf(several).target.others).toEqual(wanted.others);
});

test('bundleOf() has the plan as it is on every host, with the files it needs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shares-'));
  writeFileSync(join(folder, 'own.mjs'), 'export {};');
  const parts = partsOf(folder);
  const bundle = bundleOf(parts);
  rmSync(folder, { recursive: true });
  expect(bundle.plan).toBe(parts.resolved.plan);
  expect(bundle.planHash).toBe(planHash(parts.resolved.plan));
  expect(bundle.behaviours).toEqual({ './own.mjs': 'own.mjs' });
  expect(bundle.files.map(({ path }) => path)).toEqual(['own.mjs']);
});
