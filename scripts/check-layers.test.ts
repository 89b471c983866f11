import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import extractConfiguration from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { afterEach, expect, test } from 'vitest';
import { checkLayers } from './check-layers.ts';

const rulesFile = fileURLToPath(new URL('../.dependency-cruiser.mjs', import.meta.url));

/** A small house in which every import goes where it may. */
const house: Record<string, string> = {
  'server/errors/index.ts': `export class ClusterError {}`,
  'server/options/index.ts': `export type { ClusterError } from '../errors/index.ts';`,
  'server/process/index.ts': `export { startChild } from './start.ts';`,
  'server/process/start.ts': `import 'execa';\nexport const startChild = 1;`,
  'server/protocol/index.ts': `export const packet = 1;`,
  'server/client/index.ts': `import '../protocol/index.ts';`,
  'server/broker/index.ts': `export { ring } from './ring.ts';`,
  'server/broker/ring.ts': `export const ring = 1;`,
  'server/broker/main.ts': `import './ring.ts';`,
  'server/worker/index.ts': `import '../broker/index.ts';\nimport './handlers/index.ts';`,
  'server/worker/socket.ts': `export const socket = 1;`,
  'server/worker/handlers/index.ts': `import '../socket.ts';\nimport './publish.ts';`,
  'server/worker/handlers/publish.ts': `export const publish = 1;`,
  'server/attach/index.ts': `import '../worker/index.ts';`,
  'server/master/index.ts': `import '../worker/index.ts';\nimport '../broker/index.ts';`,
  'server/engine/index.ts': `import 'ws';`,
  'server/index.ts': `export * as master from './master/index.ts';`,
  'server/testing.ts': `export const helper = 1;`,
  'server/broker/ring.test.ts': `import 'ws';\nimport '../testing.ts';\nimport './ring.ts';`,
  'loadgen/plan/index.ts': `import '../../server/errors/index.ts';`,
  'loadgen/results/index.ts': `import '../plan/index.ts';\nimport './histogram.ts';`,
  'loadgen/results/histogram.ts': `import 'hdr-histogram-js';`,
  'loadgen/agent/index.ts': `import '../results/index.ts';\nimport '../../server/process/index.ts';`,
  'loadgen/index.ts': `export * as plan from './plan/index.ts';`,
  'loadgen/cli.ts': `import '../reports/index.ts';`,
  'reports/index.ts': `import '../loadgen/results/index.ts';`,
  'scenarios/echo.ts': `import '../loadgen/index.ts';\nimport type { master } from '../server/index.ts';`,
  'scripts/check.ts': `export const check = 1;`,
};

/** One file for each rule that, added to the house or put in a place of its own, breaks it. */
const offences: [rule: string, file: string, text: string][] = [
  [
    'no-circles',
    'server/broker/ring.ts',
    `import type { ring as again } from './index.ts';\nexport const ring = 1;`,
  ],
  ['enter-by-the-door', 'server/worker/link.ts', `import '../broker/ring.ts';`],
  ['enter-by-the-door', 'server/worker/link.ts', `import type { publish } from './handlers/publish.ts';`],
  ['enter-by-the-door', 'server/worker/session.test.ts', `import '../broker/ring.ts';`],
  ['roles-start-by-file', 'server/broker/server.ts', `import './main.ts';`],
  ['leaves-know-no-roles', 'server/process/child.ts', `import '../broker/index.ts';`],
  ['plan-is-pure', 'loadgen/plan/pace.ts', `import '../results/index.ts';`],
  [
    'plan-is-pure',
    'loadgen/plan/pace.ts',
    `import type { startChild } from '../../server/process/index.ts';`,
  ],
  ['results-know-plan-only', 'loadgen/results/merge.ts', `import '../agent/index.ts';`],
  ['roles-know-the-broker-only', 'server/broker/server.ts', `import '../worker/index.ts';`],
  [
    'roles-know-the-broker-only',
    'server/worker/health.ts',
    `import type { master } from '../master/index.ts';`,
  ],
  ['attach-starts-no-process', 'server/attach/index.ts', `import '../process/index.ts';`],
  ['server-knows-no-bench', 'server/master/health.ts', `import '../../loadgen/index.ts';`],
  ['loadgen-by-five-doors', 'loadgen/agent/users.ts', `import '../../server/worker/index.ts';`],
  ['reports-read-records', 'reports/live.ts', `import '../loadgen/agent/index.ts';`],
  ['capacity-calculates-with-the-gate', 'loadgen/capacity/plan.ts', `import '../../reports/index.ts';`],
  ['reports-are-asked-from-above', 'loadgen/agent/users.ts', `import '../../reports/index.ts';`],
  ['scenarios-use-public-doors', 'scenarios/rooms.ts', `import '../loadgen/plan/index.ts';`],
  [
    'scenarios-know-types-of-the-server',
    'scenarios/rooms.ts',
    `import { master } from '../server/index.ts';`,
  ],
  ['client-runs-in-browsers', 'server/client/client.ts', `import { readFile } from 'node:fs';`],
  ['client-runs-in-browsers', 'server/protocol/codec.ts', `import type { Server } from 'node:http';`],
  ['nothing-imports-scripts', 'loadgen/agent/users.ts', `import '../../scripts/check.ts';`],
  ['ws-behind-its-seams', 'server/worker/listen.ts', `import type { WebSocket } from 'ws';`],
  ['test-helpers-stay-in-tests', 'server/broker/server.ts', `import '../testing.ts';`],
  ['one-home-for-@nats-io/transport-node', 'server/broker/server.ts', `import '@nats-io/transport-node';`],
  ['one-home-for-autocannon', 'loadgen/agent/users.ts', `import autocannon from 'autocannon';`],
  ['one-home-for-chart.js', 'reports/page.ts', `import type { Chart } from 'chart.js';`],
  ['one-home-for-execa', 'server/broker/server.ts', `import { execa } from 'execa';`],
  ['one-home-for-hdr-histogram-js', 'loadgen/agent/users.ts', `import 'hdr-histogram-js';`],
  ['one-home-for-jsonwebtoken', 'server/master/health.ts', `import 'jsonwebtoken';`],
  ['one-home-for-ml-fcnnls', 'loadgen/agent/users.ts', `import 'ml-fcnnls';`],
  ['one-home-for-ml-levenberg-marquardt', 'loadgen/agent/users.ts', `import 'ml-levenberg-marquardt';`],
  ['one-home-for-pino', 'server/worker/listen.ts', `import 'pino';`],
  ['one-home-for-prom-client', 'server/worker/listen.ts', `import 'prom-client';`],
];

const roots: string[] = [];

afterEach(async () => {
  await Promise.all(roots.splice(0).map((root) => rm(root, { recursive: true })));
});

async function build(files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'layers-'));
  roots.push(root);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  return root;
}

test('checkLayers() finds nothing in a house where every import goes where it may', async () => {
  const { modules, offences: found } = await checkLayers(await build(house), rulesFile);
  expect(found).toEqual([]);
  expect(modules).toBe(Object.keys(house).length);
});

test.each(offences)('checkLayers() reports %s for %s: %s', async (rule, file, text) => {
  const root = await build({ ...house, [file]: text });
  const { offences: found } = await checkLayers(root, rulesFile);
  expect(new Set(found.map((offence) => offence.rule))).toEqual(new Set([rule]));
  expect(found[0]!.comment).toMatch(/^[A-Z].*\.$/);
});

test('checkLayers() is tried here with an offence against every rule there is', async () => {
  const tried = new Set(offences.map(([rule]) => rule));
  const { forbidden = [] } = await extractConfiguration(rulesFile);
  expect(forbidden.length).toBeGreaterThan(0);
  expect(forbidden.map((rule) => rule.name).filter((rule) => !tried.has(rule ?? ''))).toEqual([]);
});

test('checkLayers() refuses a tree in which there is nothing to read', async () => {
  await expect(checkLayers(await build({}), rulesFile)).rejects.toThrow('0 of 0 files were not read');
});

test('checkLayers() refuses a parser that loses the imports of a file', async () => {
  const root = await build(house);
  const blind = join(root, 'blind.mjs');
  await writeFile(blind, `export default { forbidden: [], options: { parser: 'acorn' } };`);
  await expect(checkLayers(root, blind)).rejects.toThrow('were not read');
});
