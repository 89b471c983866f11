import { expect, test } from 'vitest';
import { explainHandshake, explainUpgrade } from './explain.ts';

test('explainUpgrade() explains what is something else, and leaves what is not there to the run', () => {
  expect(explainUpgrade('http-200')).toContain('HTTP status 200, wanted is 101');
  expect(explainUpgrade('certificate')).toContain('--insecure');
  expect(explainUpgrade('tls')).toContain('ws://');
  for (const cause of ['open', 'refused', 'reset', 'timeout']) expect(explainUpgrade(cause)).toBeUndefined();
});

test('explainHandshake() explains every end of a handshake', () => {
  expect(explainHandshake('timeout')).toContain('wanted is --driver websocket');
  expect(explainHandshake('close-4009')).toContain('(close-4009)');
});
