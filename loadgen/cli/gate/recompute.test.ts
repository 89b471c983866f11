import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createGateRecord, measureBlock, runGate } from '../../../reports/gate/index.ts';
import { aHeader } from '../../../reports/gate/record/testing.ts';
import { createWorld } from '../../../reports/gate/run/testing.ts';
import { addRecompute } from './recompute.ts';

let folder = '';
let exitCode: typeof process.exitCode;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recompute-test-'));
  exitCode = process.exitCode;
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = exitCode;
  rmSync(folder, { recursive: true });
});

async function aRecord(): Promise<string> {
  const path = join(folder, 'gate.jsonl');
  const header = aHeader();
  const open = createWorld('noise', () => ({}));
  await runGate({
    header,
    append: createGateRecord(path, header),
    measure: (plan, attempt) => measureBlock(open(plan), { plan, attempt, guards: header.guards }),
  });
  return path;
}

async function recompute(...words: string[]): Promise<{ out: string; error: string; code: unknown }> {
  const [out, error] = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockReturnValue(true),
  );
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addRecompute(program);
  await program.parseAsync(['recompute', ...words], { from: 'user' });
  const [text, sentences] = [out, error].map((spy) => spy?.mock.calls.map(([part]) => part).join('') ?? '');
  return { out: text ?? '', error: sentences ?? '', code: process.exitCode };
}

test('addRecompute() prints the answer that the blocks give, for people and for programs', async () => {
  const path = await aRecord();
  expect(await recompute(path)).toMatchObject({
    out: expect.stringMatching(/^\nPASS {2}(.*\n)*.*: every number follows from .*\n$/),
    error: '',
    code: 0,
  });
  vi.restoreAllMocks();
  expect(JSON.parse((await recompute(path, '--json')).out)).toMatchObject({ status: 'pass' });
});

test('addRecompute() ends with 104 and a sentence for each number that was written down otherwise', async () => {
  const path = await aRecord();
  writeFileSync(path, readFileSync(path, 'utf8').replace('"status":"pass"', '"status":"regression"'));
  expect(await recompute(path)).toMatchObject({
    out: expect.stringMatching(
      /^\nPASS {2}(.*\n)*.*: 1 number of the record is not .*\n {2}result\.status is written down as "regression": .*\n$/,
    ),
    error: '',
    code: 104,
  });
});

test.each([
  ['nothing', undefined, /^Cannot read gate record ".+": wanted a file that exists$/],
  ['a foreign file', '{"type":"header"}\n', /^Cannot read line 1 of .+: wanted the header of a gate record$/],
  [
    'half a header',
    '{"type":"gate","versi',
    /^Cannot read line 1 of .+: wanted the header of a gate record$/,
  ],
])('addRecompute() says of %s in one sentence that it is no record', async (_what, text, why) => {
  const path = join(folder, 'some.jsonl');
  if (text !== undefined) writeFileSync(path, text);
  await expect(recompute(path)).rejects.toMatchObject({
    exitCode: 104,
    message: expect.stringMatching(why),
  });
});
