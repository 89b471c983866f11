/** For tests of what the planner is tried by. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { builtIn } from '../../loadgen/capacity/profiles/testing.ts';
import { parseSlo } from '../../loadgen/capacity/slo/index.ts';
import type { Trying } from './trying.ts';

/** Tries in a folder that goes with the test; `kept` and `said` are what came of it so far. */
export function aTrying(): Trying & { kept(): string; said(): string } {
  const out = mkdtempSync(join(tmpdir(), 'trying-test-'));
  onTestFinished(() => rmSync(out, { recursive: true }));
  let [kept, said] = ['', ''];
  return {
    profile: builtIn('42k'),
    slo: parseSlo('99% < 50ms'),
    out,
    say: (text) => {
      said += `${text}\n`;
    },
    keep: (text) => {
      kept += text;
    },
    signal: new AbortController().signal,
    kept: () => kept,
    said: () => said,
  };
}
