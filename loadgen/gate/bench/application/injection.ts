/** Slowdowns that can be planted into the benchmark's own application, to see whether the gate finds them. */
import { ClusterError } from '../../../../server/errors/index.ts';

/** What can be planted: its unit, and how much unless somebody says otherwise. */
export const injections = {
  parse: { size: 10, what: '% of CPU a message in further parsing of JSON' },
  garbage: { size: 400, what: 'bytes of garbage a message' },
  writes: { size: 1, what: 'writes a message, none shared with another message' },
  tail: { size: 1, what: 'ms later for one message in 50' },
  stall: { size: 30, what: 'ms a second in which the worker stands still' },
  memory: { size: 10, what: '% of 8 KB more for each connection' },
  loss: { size: 100_000, what: 'messages, of which one is lost' },
} as const;

/** The name of an injection. */
export type InjectionKind = keyof typeof injections;

/** One planted slowdown, in the unit of its kind. */
export interface Injection {
  readonly kind: InjectionKind;
  readonly size: number;
}

/**
 * Reads an injection as people write it: `garbage`, or `parse:5` with a size of their own.
 * @throws ClusterError OPTION_INVALID for an unknown name or a size that is none.
 */
export function parseInjection(text: string): Injection {
  const [name = '', size, ...others] = text.split(':');
  const kind = (Object.keys(injections) as InjectionKind[]).find((known) => known === name);
  const wanted = size === undefined ? kind && injections[kind].size : Number(size);
  if (kind === undefined || wanted === undefined || !(wanted > 0) || others.length > 0) {
    const known = Object.keys(injections).join(', ');
    throw new ClusterError(`Cannot inject "${text}": wanted is one of ${known}, with or without ":SIZE"`, {
      code: 'OPTION_INVALID',
    });
  }
  return { kind, size: wanted };
}
