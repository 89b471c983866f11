/** Types of virtual machines, and which of them somebody asks about. */
import { ClusterError, suggest } from '../../../server/errors/index.ts';

/** One type of virtual machine: what it has and what it costs. */
export interface Instance {
  /** As EC2 names it: `c7g.large`. */
  readonly type: string;
  /** What stands before the dot: types of one family differ in size alone. */
  readonly family: string;
  readonly vcpus: number;
  readonly memoryBytes: number;
  /** Vendor and generation, as `intel-7` or `graviton4`. */
  readonly processor: string;
  /** Whether two vCPUs share a core, so that each does less when both are busy. */
  readonly sharesCore: boolean;
  /** US dollars. */
  readonly hourly: number;
  /** Whether the price came with the program or out of a file that was given. */
  readonly pricedBy: 'snapshot' | 'file';
  /** Bandwidth that is there all the time, in each direction, bits per second; absent where nobody says. */
  readonly network?: number;
  /** Share of the vCPUs that is there all the time: below 1 for types that save up credits. */
  readonly sustained: number;
}

/** Types with the day their prices are of. */
export interface Snapshot {
  /** Day, as `2026-07-20`. */
  readonly date: string;
  readonly source: string;
  readonly instances: readonly Instance[];
}

/** Families of the first generations, kept because published benchmarks ran on them. */
const FORMER = ['m3', 'c3'];

/**
 * Gives the one type of a name.
 * @throws ClusterError `OPTION_INVALID` when it is none, as the name of a family is.
 */
export function instanceNamed(snapshot: Snapshot, type: string): Instance {
  const found = chooseInstances(snapshot, [type]).find((instance) => instance.type === type);
  if (found !== undefined) return found;
  throw new ClusterError(`Cannot use instance "${type}": it is a family, wanted a type such as c7g.large`, {
    code: 'OPTION_INVALID',
  });
}

/**
 * Chooses types by name, in the order of the snapshot: a family such as `c7g` stands for all its sizes, `c7g.large`
 * for itself. No names choose all types but those that nobody buys any more.
 * @throws ClusterError `OPTION_INVALID` with a sentence for each name that is unknown.
 */
export function chooseInstances({ instances }: Snapshot, names: readonly string[] = []): Instance[] {
  if (names.length === 0) return instances.filter(({ family }) => !FORMER.includes(family));
  const families = new Set(instances.map(({ family }) => family));
  const known = [...families, ...instances.map(({ type }) => type)];
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => `Cannot use instance "${name}": there is no such type or family${suggest(name, known)}`);
  if (problems.length > 0) throw new ClusterError(problems.join('\n'), { code: 'OPTION_INVALID' });
  return instances.filter(({ type, family }) => names.includes(type) || names.includes(family));
}
