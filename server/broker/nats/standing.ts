import { ClusterError } from '../../errors/index.ts';

/** Whether a broker is joined with other hosts, and what its operator is told of that. */
export class Standing {
  readonly #cluster: string;
  readonly #warn: (problem: Error) => void;
  readonly #now: () => number;
  #isJoined = false;
  #isOpen = false;
  #downs = 0;
  #downSince: number;
  #refusal: ClusterError | undefined;

  /**
   * @param cluster Name of the cluster.
   * @param now Milliseconds of any clock.
   */
  constructor(cluster: string, warn: (problem: Error) => void, now: () => number = () => performance.now()) {
    this.#cluster = cluster;
    this.#warn = warn;
    this.#now = now;
    this.#downSince = now();
  }

  /** Whether all that is wanted here comes. */
  get isJoined(): boolean {
    return this.#isJoined;
  }

  /** How often NATS went away. */
  get downs(): number {
    return this.#downs;
  }

  /** What NATS does not permit, if there is something. */
  get refusal(): ClusterError | undefined {
    return this.#refusal;
  }

  /** From now on the operator is told; before, whoever starts the broker is. */
  open(): void {
    this.#isOpen = true;
    if (this.#refusal !== undefined) {
      this.#tell(this.#refusal);
    }
  }

  /** NATS knows what is wanted here. */
  join(lost: number): void {
    if (this.#isJoined) {
      return;
    }
    this.#isJoined = true;
    const seconds = ((this.#now() - this.#downSince) / 1_000).toFixed(1);
    this.#tell(
      new Error(`NATS is back after ${seconds} s; publications that could not cross so far: ${lost}`),
    );
  }

  /** NATS is away. */
  leave(reason: Error): void {
    this.#isJoined = false;
    this.#downs += 1;
    this.#downSince = this.#now();
    this.#tell(
      new Error(`NATS is away, publications stay on this host: ${reason.message}`, { cause: reason }),
    );
  }

  /** NATS does not permit something. One sentence tells of all: it is so for every channel. */
  refuse(problem: Error): void {
    if (this.#refusal !== undefined) {
      return;
    }
    const what = `it does not permit subjects that begin with sc.${this.#cluster} (${problem.message})`;
    this.#refusal = new ClusterError(`Cannot join cluster "${this.#cluster}" through NATS: ${what}`, {
      code: 'CLUSTER_UNREACHABLE',
      cause: problem,
    });
    this.#tell(this.#refusal);
  }

  #tell(problem: Error): void {
    if (this.#isOpen) {
      this.#warn(problem);
    }
  }
}
