import { expect, test } from 'vitest';
import { ClusterError } from '../../errors/index.ts';
import { errorOf, type PlainError, plainOf } from './plain-error.ts';

/** An error after its way to another process. */
const sent = (thrown: unknown): Error => errorOf(JSON.parse(JSON.stringify(plainOf(thrown))) as PlainError);

test('errorOf() makes the error again that plainOf() took apart: name, message, code, stack', () => {
  const error = Object.assign(new RangeError('too far'), { code: 'E_FAR' });
  const again = sent(error);
  expect(again).toMatchObject({ name: 'RangeError', message: 'too far', code: 'E_FAR', stack: error.stack });
  expect(again).toBeInstanceOf(Error);
});

test('errorOf() makes a ClusterError again of one, and of no other error that has its name', () => {
  const again = sent(new ClusterError('Cannot do it', { code: 'PORT_IN_USE' }));
  expect(again).toBeInstanceOf(ClusterError);
  expect(again).toMatchObject({ code: 'PORT_IN_USE', message: 'Cannot do it' });
  const unknown = errorOf({ name: 'ClusterError', message: 'm', code: 'constructor' });
  expect(unknown).not.toBeInstanceOf(ClusterError);
  expect(unknown).toMatchObject({ name: 'ClusterError', code: 'constructor' });
});

test('plainOf() takes anything thrown, and no more of it than helps', () => {
  for (const [thrown, message] of [
    ['text', 'text'],
    [undefined, 'undefined'],
    [7, '7'],
  ]) {
    expect(sent(thrown)).toMatchObject({ name: 'Error', message, stack: `Error: ${message}` });
  }
  const huge = plainOf(new Error('x'.repeat(100_000)));
  expect(JSON.stringify(huge).length).toBeLessThan(20_000);
});

test('plainOf() keeps what caused an error, as part of its stack', () => {
  const cause = new TypeError('in the middleware');
  const { stack } = plainOf(new Error('failed', { cause }));
  expect(stack).toMatch(/^Error: failed\n[\s\S]*\nCaused by: TypeError: in the middleware\n {4}at /);
  expect(plainOf(new Error('failed', { cause: 'why' })).stack).toMatch(/\nCaused by: 'why'$/);
});
