/**
 * The application's own messages between the master and one other process. Each is answered once, or given
 * up with a reason: when the other process ends, and when nobody there answers in time.
 */
import { ClusterError } from '../../errors/index.ts';
import type { Respond } from '../../protocol/index.ts';
import { type Message, textOf } from '../ipc.ts';
import { errorOf, type PlainError, plainOf } from '../problems/index.ts';

/** Told of the answer, or of why there is none. */
export type Answered = (error: Error | null, data?: unknown) => void;

export interface MessengerOptions {
  /** This process in errors, such as `the master`. */
  own: string;
  /** The other process in errors, such as `worker 1`. */
  peer: string;
  /** Sends to it, or drops the message when it is gone. */
  send(message: Message): void;
  /** Milliseconds to wait for an answer. */
  answerWithinMs: number;
  /** Hands a message to the application; false when nobody listens. */
  deliver(data: unknown, respond: Respond): boolean;
}

/** Never used twice in a process: an answer meant for an earlier life of the peer finds nobody. */
let lastCall = 0;

export class Messenger {
  readonly #options: MessengerOptions;
  readonly #asked = new Map<number, Answered>();
  #end: string | undefined;

  constructor(options: MessengerOptions) {
    this.#options = options;
  }

  /**
   * Sends data and resolves with the answer. Without `answered` nobody needs to wait for the promise: that an
   * answer does not come is told to whoever does.
   *
   * Rejects with ClusterError MESSAGE_UNANSWERED, or with the error the answer is.
   *
   * @throws TypeError when `answered` is given and no function.
   */
  ask(data: unknown, answered?: Answered): Promise<unknown> {
    checkCallback(answered);
    const answer = new Promise((resolve, reject) => {
      this.#ask(data, (error, value) => (error === null ? resolve(value) : reject(error)));
    });
    return heardBy(answered, answer);
  }

  /** Takes a message that belongs here; false when it is of another kind. */
  take(message: Message): boolean {
    const { call, data, error } = message;
    switch (message.type) {
      case 'ask':
        this.#deliver(Number(call), data);
        return true;
      case 'answer':
        this.#asked.get(Number(call))?.(error === undefined ? null : errorOf(error as PlainError), data);
        return true;
      default:
        return false;
    }
  }

  /** Gives up what waits, and all that is asked from now on. `why` ends the sentence, such as `it has ended`. */
  end(why: string): void {
    this.#end = why;
    for (const settle of this.#asked.values()) {
      settle(this.#failed(why));
    }
  }

  #ask(data: unknown, answered: Answered): void {
    const problem = this.#end ?? misfitOf(data);
    if (problem !== undefined) {
      answered(this.#failed(problem));
      return;
    }
    const { answerWithinMs, send } = this.#options;
    lastCall += 1;
    const call = lastCall;
    const timer = setTimeout(() => {
      settle(this.#failed(`no answer came within ${answerWithinMs} ms`));
    }, answerWithinMs).unref();
    const settle: Answered = (error, value) => {
      clearTimeout(timer);
      this.#asked.delete(call);
      answered(error, value);
    };
    this.#asked.set(call, settle);
    send({ type: 'ask', call, data });
  }

  #deliver(call: number, data: unknown): void {
    let isAnswered = false;
    const respond: Respond = (error, value) => {
      if (isAnswered || this.#end !== undefined) {
        return;
      }
      isAnswered = true;
      this.#answer(call, error ?? undefined, value);
    };
    if (!this.#options.deliver(data, respond)) {
      const { own } = this.#options;
      respond(
        new ClusterError(`Cannot take a message: nobody in ${own} listens for it`, {
          code: 'MESSAGE_UNANSWERED',
        }),
      );
    }
  }

  #answer(call: number, error: unknown, data: unknown): void {
    const misfit = misfitOf(data);
    const failure = misfit === undefined ? error : this.#failed(misfit);
    this.#options.send({
      type: 'answer',
      call,
      ...(misfit === undefined ? { data } : {}),
      ...(failure === undefined ? {} : { error: plainOf(failure) }),
    });
  }

  #failed(why: string): ClusterError {
    return failed(this.#options.peer, why);
  }
}

/** Answers for a process that cannot be sent anything. `why` ends the sentence. */
export function refuseMessage(peer: string, why: string, answered?: Answered): Promise<unknown> {
  checkCallback(answered);
  return heardBy(answered, Promise.reject(failed(peer, why)));
}

/** @throws TypeError when a callback is given and no function. */
function checkCallback(answered: Answered | undefined): void {
  if (answered !== undefined && answered !== null && typeof answered !== 'function') {
    throw new TypeError(
      `Cannot call back when an answer comes: current value is of type ${typeof answered}, wanted is a function`,
    );
  }
}

/**
 * Without a callback nobody needs to listen to the promise either. What a callback throws is an error of the
 * program that nobody caught, and not of a promise that nobody has.
 */
function heardBy(answered: Answered | undefined, answer: Promise<unknown>): Promise<unknown> {
  answer.then(
    (value) => queueMicrotask(() => answered?.(null, value)),
    (error: Error) => queueMicrotask(() => answered?.(error)),
  );
  return answer;
}

function failed(peer: string, why: string): ClusterError {
  return new ClusterError(`Cannot send a message to ${peer}: ${why}`, { code: 'MESSAGE_UNANSWERED' });
}

/** Why data cannot travel, or would be dropped on its way without a word. */
function misfitOf(data: unknown): string | undefined {
  try {
    const isDropped = data !== undefined && JSON.stringify(data, refuseCollections) === undefined;
    return isDropped ? `its data is not JSON but a ${typeof data}` : undefined;
  } catch (error) {
    return `its data is not JSON: ${textOf(error)}`;
  }
}

/** JSON makes an empty object of what is in a map or a set. */
function refuseCollections(_key: string, value: unknown): unknown {
  if (value instanceof Map || value instanceof Set) {
    throw new TypeError(`it holds a ${value.constructor.name}, wanted are objects and arrays`);
  }
  return value;
}
