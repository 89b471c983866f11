import { expect, test } from 'vitest';
import { explainHandshake, explainUpgrade } from './explain.ts';

test('explainUpgrade() explains what is something else, and leaves what is not there to the run', () => {
  expect(explainUpgrade('http-200', 10)).toContain('HTTP status 200, wanted is 101');
  expect(explainUpgrade('certificate', 10)).toContain('--insecure');
  expect(explainUpgrade('tls', 10)).toContain('ws://');
  expect(explainUpgrade('timeout', 10)).toContain('no answer within 10 s');
  for (const cause of ['open', 'refused', 'reset']) expect(explainUpgrade(cause, 10)).toBeUndefined();
});

test('explainHandshake() explains every end of a handshake', () => {
  expect(explainHandshake('timeout')).toContain('wanted is --driver websocket');
  expect(explainHandshake('close-4009')).toContain('(close-4009)');
});
