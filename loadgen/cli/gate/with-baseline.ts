/** Which options of `gate` go with stored measurements in place of a second build. */
import type { Command } from 'commander';
import { ClusterError } from '../../../server/errors/index.ts';

/** They speak of the one build that is measured, and of how it is told. */
const OF_ONE_BUILD = ['baseline', 'scenario', 'strict', 'json', 'quiet'];

/** What is compared with otherwise. */
const OTHER_BASES = ['base', 'baseDir'];

/**
 * Refuses options that contradict each other; those that were not named do not count.
 *
 * @throws ClusterError USAGE_WRONG naming the first that does not fit.
 */
export function checkBaselineOptions(command: Command): void {
  const named = command.options.filter(
    (option) => command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  const has = (name: string): boolean => named.some((option) => option.attributeName() === name);
  if (!has('baseline')) {
    if (has('strict')) throw wrong('use --strict with two builds: wanted --baseline, or --inconclusive fail');
    return;
  }
  const stranger = named.find((option) => !OF_ONE_BUILD.includes(option.attributeName()));
  if (stranger === undefined) return;
  const { long } = stranger;
  throw OTHER_BASES.includes(stranger.attributeName())
    ? wrong(
        `compare with a build and with stored measurements at once: wanted ${long} or --baseline, not both`,
      )
    : wrong(`use ${long} with --baseline, which measures this build alone: wanted --base in its place`);
}

function wrong(what: string): ClusterError {
  return new ClusterError(`Cannot ${what}`, { code: 'USAGE_WRONG' });
}
