import { expect, test } from 'vitest';
import { dropRetired, retired } from './retired.ts';
import { schema } from './schema.ts';

test('retired holds no option that is there, and ends each sentence as a sentence needs', () => {
  for (const [name, { why }] of retired) {
    expect(Object.keys(schema.shape)).not.toContain(name);
    expect(why).toMatch(/^(?:[a-z]|WebSocket|SIG).*[^.]$/);
  }
});

test('dropRetired() refuses what would not be done and warns of what is so anyway', () => {
  const { options, problems, warnings } = dropRetired({
    port: 1,
    strictHandshake: true,
    matchOriginProtocol: true,
    authVerifyAsync: false,
    clusterEngine: 'iocluster',
    brokerEngine: 'mine',
    forceKillSignal: undefined,
  });
  expect(options).toEqual({ port: 1 });
  expect(problems).toEqual([
    'Cannot use option "matchOriginProtocol": origins are told apart by host and port, not by protocol',
    'Cannot use option "brokerEngine": the brokers are built in',
  ]);
  expect(warnings).toHaveLength(3);
});
