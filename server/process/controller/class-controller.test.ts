import { expect, test } from 'vitest';
import { ClassController } from './class-controller.ts';

/** A process with a state of its own that no other object has. */
class Process {
  #count = 0;
  count(): number {
    this.#count += 1;
    return this.#count;
  }
}

interface Extended extends Process {
  greeting: string;
}

test('ClassController makes the process that is there an instance of the class that a file writes', async () => {
  const controller = new ClassController('worker');
  const subject = new Process();
  let made: unknown;
  const run = await controller.during(subject, async () => {
    const Base = controller.base as new () => Extended;
    class Worker extends Base {
      override greeting = 'hello';
      run(): string {
        return `${this.greeting} ${this.count()}`;
      }
    }
    made = new Worker();
  });
  expect(made).toBe(subject);
  expect(subject).toBeInstanceOf(Process);
  expect(run?.()).toBe('hello 1');
});

test('ClassController makes the instance of a class that a file only exports', async () => {
  const controller = new ClassController('worker');
  const run = await controller.during(new Process(), async () => {
    const Base = controller.base as new () => Process;
    return class extends Base {
      run(): number {
        return this.count();
      }
    };
  });
  expect(run?.()).toBe(1);
});

test('ClassController gives nothing to run when a file makes no instance', async () => {
  const controller = new ClassController('worker');
  const subject = Object.assign(new Process(), { run: () => 1 });
  expect(await controller.during(subject, async () => class {})).toBeUndefined();
  expect(await controller.during(subject, async () => undefined)).toBeUndefined();
});

test('ClassController refuses an instance where no process loads its controller', async () => {
  const controller = new ClassController('worker');
  const make = (): object => new controller.base();
  expect(make).toThrow('Cannot make a worker here: the master starts them, each with its controller');
  await controller.during(new Process(), async () => undefined);
  expect(make).toThrow(expect.objectContaining({ code: 'CONTROLLER_INVALID' }));
});
