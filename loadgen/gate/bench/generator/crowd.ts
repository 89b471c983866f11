/** The clients of one server: the driver of the load processes, and what becomes of each message. */
import { ClusterError } from '../../../../server/errors/index.ts';
import { type CreateDriver, type Driver, type DriverEvents, loadDriver } from '../../../drivers/index.ts';
import { loopbackAddresses } from '../../../plan/index.ts';
import type { GateScenario } from '../scenarios.ts';
import { Flights, type Tally } from './flights.ts';
import type { CrowdSpec } from './messages.ts';
import { Streams } from './streams.ts';

/** As few that the kernel finds a free port at once. */
const USERS_PER_ADDRESS = 500;
/** Connections begun a second at most. */
const CONNECTS_PER_SECOND = 3_000;
/** Pause before a client that was turned away tries again: servers resist storms, each version in its own way. */
const TURNS_TO_RETRY = 10;
/** Connections that are being made at a time: a slow host takes longer, and turns none away. */
const CONNECTING = 50;
/** When nobody came through for so long, nobody will, seconds. */
const CONNECT_WITHIN = 20;

/** Who hears of messages. */
export interface Listener {
  /** With the intended time of the message and that of its last answer, seconds. */
  onAnswered(intended: number, at: number): void;
  /** The server refused it. */
  onDropped?(): void;
}

/** Counts beside those of the messages. */
export interface Oddities {
  reordered: number;
  /** Errors, and connections that ended. */
  troubles: number;
}

/** Time of this process, seconds. */
export function now(): number {
  return performance.now() / 1_000;
}

/** Clients that stay connected until they are closed. */
export class Crowd {
  readonly oddities: Oddities = { reordered: 0, troubles: 0 };
  readonly #scenario: GateScenario;
  readonly #spec: CrowdSpec;
  readonly #driver: Driver;
  readonly #flights: Flights;
  readonly #streams: Streams;
  readonly #channels: number;
  #opened = 0;
  #subscribed = 0;
  /** Turned away while the crowd connects. */
  readonly #refused: number[] = [];
  #refusals = 0;
  #cause: string | undefined;
  #listener: Listener = { onAnswered() {} };

  /** Connects all clients. @throws ClusterError TARGET_UNREACHABLE when one does not come through. */
  static async connect(spec: CrowdSpec, scenario: GateScenario): Promise<Crowd> {
    const crowd = new Crowd(spec, scenario, await loadDriver('socketcluster'));
    try {
      await crowd.#connect();
    } catch (error) {
      await crowd.close();
      throw error;
    }
    return crowd;
  }

  private constructor(spec: CrowdSpec, scenario: GateScenario, createDriver: CreateDriver) {
    const { port, path, users, isIdle } = spec;
    this.#spec = spec;
    this.#scenario = scenario;
    this.#flights = new Flights(scenario.deliveries);
    this.#streams = new Streams(users);
    this.#channels = Math.max(1, Math.floor(users / scenario.deliveries));
    this.#driver = createDriver({
      users,
      behaviours: [isIdle ? { kind: 'idle' } : scenario.behaviour],
      groups: new Uint8Array(users),
      numbers: Uint32Array.from({ length: users }, (_, user) => user),
      target: { host: '127.0.0.1', port, path, secure: false },
      address: '127.0.0.1',
      connect: {},
      protocolVersion: 'auto',
      clock: { now, startEpochMs: 0 },
      events: this.#events,
    });
  }

  get tally(): Readonly<Tally> {
    return this.#flights.tally;
  }

  /** Messages under way. */
  get underWay(): number {
    return this.#flights.underWay;
  }

  /** Tells one listener of messages from now on. */
  listen(listener: Listener): void {
    this.#listener = listener;
  }

  /** Sends the next message, in turn from all clients. */
  send(intended: number): void {
    const number = this.#flights.send(intended);
    if (!this.#isChannels) return this.#driver.call(number % this.#spec.users, number);
    const channel = number % this.#channels;
    const publisher = channel * this.#scenario.deliveries;
    const sequence = Math.floor(number / this.#channels);
    this.#driver.publish(publisher, { channel, publisher, sequence, intended });
  }

  /** Gives up on what is under way. */
  giveUp(): void {
    this.#flights.giveUp();
  }

  /** Resets all connections. */
  close(): Promise<void> {
    return this.#driver.close();
  }

  get #isChannels(): boolean {
    return this.#scenario.behaviour.kind === 'channels';
  }

  readonly #events: DriverEvents = {
    opened: (user) => {
      this.#opened += 1;
      if (this.#isChannels && !this.#spec.isIdle) {
        this.#driver.subscribe(user, [Math.floor(user / this.#scenario.deliveries)]);
      }
    },
    subscribed: () => {
      this.#subscribed += 1;
    },
    refused: (user, cause) => {
      this.#refused.push(user);
      this.#refusals += 1;
      this.#cause = cause;
    },
    closed: (_user, cause) => {
      this.#cause = cause;
      this.oddities.troubles += 1;
    },
    response: (_user, call, isError, at) => {
      if (isError) this.#drop(call);
      else this.#take(call, at);
    },
    push: (user, { channel, sequence }, at) => {
      const delivery = this.#streams.take(user, sequence);
      if (delivery === 'duplicated') this.#flights.tally.duplicated += 1;
      if (delivery === 'reordered') this.oddities.reordered += 1;
      if (delivery !== 'duplicated') this.#take(sequence * this.#channels + channel, at);
    },
    answer: () => {},
    event: () => {},
  };

  #take(number: number, at: number): void {
    const intended = this.#flights.take(number);
    if (!Number.isNaN(intended)) this.#listener.onAnswered(intended, at);
  }

  #drop(number: number): void {
    this.#flights.drop(number);
    this.#listener.onDropped?.();
  }

  async #connect(): Promise<void> {
    const { users, isIdle } = this.#spec;
    const addresses = loopbackAddresses(Math.ceil(users / USERS_PER_ADDRESS));
    const connect = (user: number): void => this.#driver.connect(user, addresses[user % addresses.length]);
    const subscriptions = this.#isChannels && !isIdle ? users : 0;
    const from = now();
    let deadline = from + CONNECT_WITHIN;
    let begun = 0;
    let come = 0;
    for (let turns = 1; this.#opened < users || this.#subscribed < subscriptions; turns += 1) {
      const due = Math.ceil((now() - from) * CONNECTS_PER_SECOND);
      for (; begun < Math.min(users, due, this.#opened + CONNECTING); begun += 1) connect(begun);
      const [refused] = turns % TURNS_TO_RETRY === 0 ? this.#refused.splice(0, 1) : [];
      if (refused !== undefined) connect(refused);
      await turn();
      const progress = this.#opened + this.#subscribed;
      if (progress > come) [come, deadline] = [progress, now() + CONNECT_WITHIN];
      const isHopeless = this.#refusals > users || this.oddities.troubles > 0 || now() > deadline;
      if (isHopeless) throw this.#failure();
    }
  }

  #failure(): ClusterError {
    const why = this.#cause ?? 'no word in time';
    return new ClusterError(`Cannot connect ${this.#spec.users} clients to the server: ${why}`, {
      code: 'TARGET_UNREACHABLE',
    });
  }
}

/** Lets the loop turn, a millisecond or more. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 1);
  });
}
