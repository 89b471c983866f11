import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { ClusterError } from '../../../server/errors/index.ts';
import { explain } from './explain.ts';

function explained(error: unknown): { code: number; said: string } {
  let said = '';
  const stderr = { write: (text: string) => (said += text) };
  return { code: explain(error, stderr), said };
}

test('explain() leaves it to commander to say what was typed wrongly', () => {
  expect(explained(new CommanderError(1, 'x', 'no such option'))).toEqual({ code: 2, said: '' });
  expect(explained(new CommanderError(0, 'commander.help', 'help'))).toEqual({ code: 0, said: '' });
});

test('explain() says a known error in its own words, and an unknown one with where it came from', () => {
  const known = new ClusterError('Cannot do it', { code: 'OPTION_INVALID' });
  expect(explained(known)).toEqual({ code: 104, said: 'Cannot do it\n' });
  const unknown = explained(new Error('what now'));
  expect(unknown.code).toBe(1);
  expect(unknown.said).toMatch(/^Error: what now\n +at /);
  expect(explained('thrown text')).toEqual({ code: 1, said: 'thrown text\n' });
});

test('explain() says no secret that is in an address', () => {
  const known = new ClusterError('Cannot reach "ws://a:b@host/?token=c"', { code: 'TARGET_UNREACHABLE' });
  const said = 'Cannot reach "ws://[redacted]@host/?token=[redacted]"\n';
  expect(explained(known)).toEqual({ code: 113, said });
  expect(explained(new Error(known.message)).said).toContain(said);
});
