/**
 * Controllers as version 14 wrote them: a file that extends a class of the package and makes one instance. The
 * process is there before its controller, so the instance that the file makes is the process itself, from then
 * on of the class that the file wrote.
 */
import { ClusterError } from '../../errors/index.ts';

/** A class to extend, for one role. */
export class ClassController {
  /** What the package exports, such as `SCWorker`. Without arguments, or with any. */
  readonly base: new (
    ...details: unknown[]
  ) => object;
  #lent: object | undefined;

  constructor(role: string) {
    const take = (): object => {
      if (this.#lent === undefined) {
        throw new ClusterError(
          `Cannot make a ${role} here: the master starts them, each with its controller`,
          {
            code: 'CONTROLLER_INVALID',
          },
        );
      }
      return this.#lent;
    };
    // A function, as a class that extends nothing would not have the prototype of what it is lent.
    function Base(): object {
      return Object.setPrototypeOf(take(), new.target?.prototype as object);
    }
    this.base = Base as unknown as ClassController['base'];
  }

  /** Loads a file meanwhile. Returns the method `run` that the file's class gave to the subject, if there is one. */
  async during(subject: object, load: () => Promise<unknown>): Promise<(() => unknown) | undefined> {
    this.base.prototype = Object.create(Object.getPrototypeOf(subject) as object, {
      constructor: { value: this.base },
      // For classes that call super.run().
      run: { configurable: true, value: ignore, writable: true },
    }) as object;
    this.#lent = subject;
    try {
      const exported = await load();
      if (typeof exported === 'function' && exported.prototype instanceof this.base) {
        Reflect.construct(exported, []);
      }
    } finally {
      this.#lent = undefined;
    }
    const { run } = subject as { run?: unknown };
    return subject instanceof this.base && typeof run === 'function' ? () => run.call(subject) : undefined;
  }
}

/** A class that has nothing to run gives nothing to do. */
function ignore(): void {}

/** The classes to extend, by role. */
export const classControllers = {
  worker: new ClassController('worker'),
  broker: new ClassController('broker'),
} as const;
