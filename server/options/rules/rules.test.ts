import { expect, test } from 'vitest';
import { findContradictions } from './rules.ts';

test('findContradictions() looks at no rule whose options are not all right by themselves', () => {
  expect(findContradictions({})).toEqual([]);
  expect(findContradictions({ port: 1, adminPort: 1 })).toHaveLength(1);
  expect(findContradictions({ port: 1 })).toEqual([]);
  expect(findContradictions({ balancerController: 'wall.js', balancers: 0, pingTimeout: 1 })).toEqual([
    'Cannot use option "balancerController": balancers are 0, wanted is one at least',
  ]);
});

test('findContradictions() wants a key pair whole, of the kind that its algorithm needs', () => {
  const none = { authAlgorithm: undefined, authPublicKey: undefined, authVerifyAlgorithms: undefined };
  expect(findContradictions({ ...none, authPrivateKey: 'x' })).toEqual([
    'Cannot use a key pair by half: authPrivateKey and authPublicKey are given together or not at all',
  ]);
  const secret = { ...none, authPrivateKey: undefined };
  expect(findContradictions({ ...secret, authAlgorithm: 'PS512' })).toEqual([
    'Cannot use option "authAlgorithm": current value is "PS512", wanted is one of HS without a key pair',
  ]);
  expect(findContradictions({ ...secret, authVerifyAlgorithms: ['HS256', 'PS384'] })).toHaveLength(1);
  expect(findContradictions(secret)).toEqual([]);
});

test.each(['path', 'port', 'server'])(
  'findContradictions() leaves no word on where clients connect to the engine: %s',
  (name) => {
    expect(findContradictions({ wsEngineServerOptions: { skipUTF8Validation: true } })).toEqual([]);
    expect(findContradictions({ wsEngineServerOptions: { [name]: 1 } })).toEqual([
      `Cannot use option "wsEngineServerOptions": it names "${name}", but where clients connect is for the options port, host and path`,
    ]);
  },
);
