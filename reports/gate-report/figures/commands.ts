/** Commands that a reader of a gate may want next. */
import type { GateHeader } from '../../gate/record/index.ts';
import type { Result } from '../../gate/result/index.ts';
import type { GateReport } from './schema.ts';

/** What the candidate is called that is compared unless another is named. */
const WORKING_TREE = 'working tree';

/** 4,000 messages a second from few clients: of less, a profile shows little more than how the process began. */
const BUSY = ['--users', '200', '--rate', '20'];

/** Gives the commands: the job once more, its numbers once more, and where a red one spends its time. */
export function commandsOf(header: GateHeader, { status }: Pick<Result, 'status'>): GateReport['commands'] {
  const { base, candidate, scenario, injected, seed, attempt, length, time } = header;
  const words = [
    ...buildWords('base', base),
    ...buildWords('candidate', candidate),
    ...['--scenario', scenario],
    ...(injected === undefined ? [] : ['--inject', injected]),
    ...(length === 'short' ? ['--short'] : []),
    ...(time === undefined ? [] : ['--time', `${time.limitSeconds}s`]),
    ...(attempt > 1 ? ['--attempt', String(attempt)] : []),
    ...['--seed', seed],
  ];
  return {
    repeat: commandLine(['npx', 'scbench', 'gate', ...words]),
    recompute: 'npx scbench gate recompute gate.jsonl',
    ...(status === 'regression' && {
      profile: commandLine(
        ['npx', 'scbench', 'profile', '--scenario', scenario].concat(
          BUSY,
          '--tool',
          'flame',
          '--role',
          'worker',
        ),
      ),
    }),
  };
}

/** The working tree has a commit, but need not be it; a build without one was a folder. */
function buildWords(arm: 'base' | 'candidate', { name, commit }: GateReport['base']): string[] {
  if (name === WORKING_TREE) return [];
  return commit === undefined ? [`--${arm}-dir`, name] : [`--${arm}`, commit];
}

function commandLine(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w./:@=+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
}
