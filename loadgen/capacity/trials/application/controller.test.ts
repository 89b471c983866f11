import { expect, test } from 'vitest';
import { slowed } from './controller.ts';
import type { ServiceTime } from './service-time.ts';

const lines = { MIDDLEWARE_EMIT: 'emit', MIDDLEWARE_PUBLISH_IN: 'in', MIDDLEWARE_PUBLISH_OUT: 'out' };

function scene(time: ServiceTime) {
  const added = new Map<string, (request: object, next: () => void) => void>();
  const server = {
    ...lines,
    addMiddleware: (line: string, middleware: (request: object, next: () => void) => void) =>
      void added.set(line, middleware),
  };
  const ran: unknown[] = [];
  const worker = { getSCServer: () => server };
  slowed(time, { run: (own) => ran.push(own) })(worker);
  /** Milliseconds until the line goes on; undefined for one that is not held. */
  const held = (line: string): number | undefined => {
    const before = performance.now();
    let after: number | undefined;
    added.get(line)?.({}, () => {
      after = performance.now();
    });
    return after === undefined ? undefined : after - before;
  };
  return { ran, worker, held };
}

test('slowed() runs the application in the same worker', () => {
  const { ran, worker } = scene({ perMessage: 1 });
  expect(ran).toEqual([worker]);
});

test('slowed() holds messages and publications, and deliveries only where they are to take time', () => {
  const { held } = scene({ perMessage: 3_000 });
  expect(held('emit')).toBeGreaterThanOrEqual(3);
  expect(held('in')).toBeGreaterThanOrEqual(3);
  expect(held('out')).toBeUndefined();
  expect(scene({ perMessage: 1, perDelivery: 4_000 }).held('out')).toBeGreaterThanOrEqual(4);
});
