import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClusterError } from '../../errors/index.ts';
import { answer, encodeRequest, readAnswer, readTopic, topicOf } from './wire.ts';

const MAX_BYTES = 1_000_000;

const ask = (target: unknown, values: unknown[], take: (...given: unknown[]) => unknown) =>
  readAnswer(answer(Buffer.from(encodeRequest(target, values)), MAX_BYTES, take).toString());

test('readAnswer() gives the value that answer() was made of', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(fc.jsonValue()), (target, values) => {
      expect(JSON.stringify(ask(target, values, (...given) => JSON.stringify(given)))).toBe(
        JSON.stringify(JSON.stringify([target, values])),
      );
    }),
  );
  expect(ask('a', [], () => undefined)).toBeUndefined();
});

test.each([
  [new ClusterError('Cannot keep it', { code: 'LIMIT_EXCEEDED' })],
  [new TypeError('Cannot use it')],
  [new RangeError('Cannot set it')],
])('readAnswer() throws the error that a request ended with: %s', (error) => {
  const deed = () =>
    ask('a', [], () => {
      throw error;
    });
  expect(deed).toThrow(error);
  expect(deed).toThrow(error.constructor as new () => Error);
});

test('answer() makes an error of a request that is no JSON and of an answer that is too long', () => {
  const take = (): string => 'x'.repeat(MAX_BYTES);
  expect(answer(Buffer.from('{'), MAX_BYTES, take).toString()).toContain('SyntaxError');
  expect(() => ask('a', [], take)).toThrow('Cannot answer with 1000012 bytes: the most is 1000000');
});

test('readTopic() reads what topicOf() wrote, whatever the session is called', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('known' as const, 'told' as const, 'ended' as const),
      fc.string(),
      (kind, id) => {
        expect(readTopic(topicOf(kind, id))).toEqual([kind, id]);
      },
    ),
  );
});
