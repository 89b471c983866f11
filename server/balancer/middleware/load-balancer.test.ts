import { expect, test } from 'vitest';
import { LoadBalancer } from './load-balancer.ts';
import { Middleware } from './middleware.ts';

const pass = (_request: unknown, _answer: unknown, next: () => void): void => next();

test('LoadBalancer adds functions to the chain of their kind, in order', () => {
  const middleware = new Middleware(1_000, () => undefined);
  const loadBalancer = new LoadBalancer(3, middleware);
  const [first, second, third] = [pass.bind(null), pass.bind(null), pass.bind(null)];
  loadBalancer.addMiddleware(loadBalancer.MIDDLEWARE_REQUEST, first);
  loadBalancer.addMiddleware(loadBalancer.MIDDLEWARE_UPGRADE, second);
  loadBalancer.addMiddleware(loadBalancer.MIDDLEWARE_UPGRADE, third);
  expect(middleware.request).toEqual([first]);
  expect(middleware.upgrade).toEqual([second, third]);
  expect(loadBalancer.id).toBe(3);
});

test('LoadBalancer refuses other kinds, and what is no function', () => {
  const loadBalancer = new LoadBalancer(0, new Middleware(1_000, () => undefined));
  expect(() => loadBalancer.addMiddleware('connect' as never, pass)).toThrow(
    'current kind is "connect", wanted is MIDDLEWARE_REQUEST or MIDDLEWARE_UPGRADE',
  );
  expect(() => loadBalancer.addMiddleware('request', undefined as never)).toThrow('wanted is a function');
});
