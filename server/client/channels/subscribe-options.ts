/** What may stand in the options of one subscription. */
import { ClusterError } from '../../errors/index.ts';
import { type Check, describe, findProblems, flag, isObject } from '../checks/index.ts';
import type { SubscribeOptions } from '../contract.ts';

const known: Record<keyof SubscribeOptions, Check> = {
  waitForAuth: flag,
  data: ['data that can be JSON', (value) => typeof value !== 'function'],
  priority: ['a number', (value) => typeof value === 'number' && !Number.isNaN(value)],
  batch: flag,
};

/** @throws ClusterError OPTION_INVALID naming every option that is wrong, its value and what is wanted. */
export function checkSubscribeOptions(options: unknown): void {
  if (options === undefined || options === null) {
    return;
  }
  if (!isObject(options)) {
    throw new ClusterError(
      `Cannot subscribe with options ${describe(options)}: wanted is an object such as { waitForAuth: true }`,
      { code: 'OPTION_INVALID' },
    );
  }
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const problems = findProblems(given, { known });
  if (problems.length > 0) {
    throw new ClusterError(problems.join('\n'), { code: 'OPTION_INVALID' });
  }
}
