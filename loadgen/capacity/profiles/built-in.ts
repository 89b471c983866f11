/** The profiles that come with the planner. */
import { entry } from '../../../server/process/index.ts';
import type { Profile, ProfileFile } from './profile.ts';

const profiles: readonly ProfileFile[] = [
  {
    name: 'chat',
    question: 'People in rooms of twenty who write a line every half a minute',
    behaviour: { kind: 'channels', subscriptions: 3, fanOut: 20, every: 30, payloadBytes: 128 },
  },
  {
    name: 'ticker',
    question: 'Prices that go to five hundred at once, one a second for everybody',
    behaviour: { kind: 'channels', subscriptions: 5, fanOut: 500, every: 500, payloadBytes: 64 },
  },
  {
    name: 'presence',
    question: 'People who come for a minute, tell the ten they know, and go again',
    behaviour: { kind: 'channels', subscriptions: 1, fanOut: 10, every: 15, payloadBytes: 32 },
    churn: { stays: 60, away: 10 },
  },
  {
    name: 'game',
    question: 'Matches of eight who each tell the others ten times a second where they are',
    behaviour: { kind: 'channels', subscriptions: 1, fanOut: 8, every: 0.1, payloadBytes: 48 },
  },
  {
    name: 'idle',
    question: 'Devices that are only connected',
    behaviour: { kind: 'idle' },
    // As often as a mobile network forgets nobody.
    pingInterval: 25_000,
  },
  {
    // The benchmark of 2014: scenarios/42k-users.ts.
    name: '42k',
    question: 'The users of 2014, who get an answer every six seconds',
    behaviour: {
      kind: 'ping-pong',
      payload: { message: 'This is a PING message', sentBy: 'virtual user' },
      every: 6,
    },
    pingInterval: 25_000,
  },
];

/** Names of the profiles, in the order in which they are told. */
export const profileNames: readonly string[] = profiles.map(({ name }) => name);

/** Gives a profile of the house; undefined when there is none of that name. */
export function builtIn(name: string): Profile | undefined {
  const found = profiles.find((profile) => profile.name === name);
  return found && { ...found, folder: entry('scenarios'), controller: usualController(found) };
}

/** The application that answers what a behaviour asks. */
export function usualController({ behaviour }: ProfileFile): string {
  const files = { 'ping-pong': 'ping-pong', calls: 'calls', channels: 'channels', idle: 'channels' };
  return entry(`scenarios/controllers/${files[behaviour.kind]}.js`);
}
