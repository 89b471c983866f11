import { expect, test } from 'vitest';
import type { RunEvent } from '../record/index.ts';
import { refuseUnwritten } from './refuse-unwritten.ts';

const event = (kind: RunEvent['kind'], text: string): RunEvent => ({ type: 'event', second: 1, kind, text });

test('refuseUnwritten() throws what the run says of a disk that gave out, and nothing of all else', () => {
  const warning = event('warning', 'The probe was late');
  expect(() => refuseUnwritten({ events: [warning] })).not.toThrow();
  const full = event('unwritten', 'Cannot write run record "a": no space left');
  expect(() => refuseUnwritten({ events: [warning, full] })).toThrow(
    expect.objectContaining({ code: 'RESULTS_UNWRITTEN', exitCode: 112, message: full.text }),
  );
});
