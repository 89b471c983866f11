/** Profiles that people recognise. */
import { entry } from '../../../server/process/index.ts';
import type { Profile } from './profile.ts';

/** Where the applications are. */
const folder = entry('scenarios');

/** An application that adds nothing: clients subscribe and publish, the exchange does the rest. */
const CHANNELS = './controllers/channels.js';

/**
 * Who is in a room finds it fuller than rooms are on average, by itself: for a publication to reach 20 there are 19
 * users to a channel.
 */
const chat: Profile = {
  name: 'chat',
  question: 'People in three rooms of 20 each, of whom every fifth writes something every 8 seconds.',
  users: 19_000,
  behaviour: {
    // As in the scenario chat-rooms, but that no room is more popular than others.
    kind: 'channels',
    channels: 3_000,
    subscriptions: 3,
    publishers: 0.2,
    every: { mean: 8, shape: 'exponential' },
    payloadBytes: 128,
  },
  controller: CHANNELS,
  folder,
  options: {},
};

const ticker: Profile = {
  name: 'ticker',
  question: 'Viewers of scores or prices, 500 to a channel, each channel with four new values a second.',
  users: 50_000,
  behaviour: {
    kind: 'channels',
    channels: 100,
    subscriptions: 1,
    publishers: 0.002,
    publishTo: 'any',
    every: { mean: 0.25, shape: 'constant' },
    // As in the scenario fan-out.
    payloadBytes: 256,
  },
  controller: CHANNELS,
  folder,
  options: {},
};

/** Publications are what tells the others who is there: their schedule is known, as that of a custom behaviour is not. */
const presence: Profile = {
  name: 'presence',
  question:
    'People who look in for 15 seconds, tell the ten in their room every 5 that they are there, and are back 3 later.',
  // Of twelve that belong to a room, ten are there.
  users: 10_800,
  behaviour: {
    kind: 'channels',
    channels: 1_000,
    subscriptions: 1,
    publishers: 1,
    every: 5,
    payloadBytes: 32,
  },
  // As in the scenario presence, and so are the rooms and the 5 seconds.
  stays: { mean: 15, shape: 'exponential' },
  returns: { mean: 3, shape: 'exponential' },
  controller: CHANNELS,
  folder,
  options: {},
};

const game: Profile = {
  name: 'game',
  question: 'Players in rooms of eight, each telling the others its place ten times a second.',
  users: 7_000,
  behaviour: {
    kind: 'channels',
    channels: 1_000,
    subscriptions: 1,
    publishers: 1,
    every: { mean: 0.1, shape: 'constant' },
    payloadBytes: 32,
  },
  controller: CHANNELS,
  folder,
  options: {},
};

const idle: Profile = {
  name: 'idle',
  question: 'Devices that are connected, and hear nothing but the heartbeats of the server.',
  users: 10_000,
  behaviour: { kind: 'idle' },
  controller: CHANNELS,
  folder,
  options: {},
};

/** The scenario 42k-users. */
const seed: Profile = {
  name: '42k',
  question:
    'Users of the benchmark of 2014: each sends a ping with a JSON object every 6 seconds and gets a pong.',
  users: 42_000,
  behaviour: {
    kind: 'ping-pong',
    payload: { message: 'This is a PING message', sentBy: 'virtual user' },
    every: 6,
  },
  controller: './controllers/ping-pong.js',
  folder,
  options: { pingInterval: 25_000, pingTimeout: 60_000 },
};

/** All of them. */
export const builtInProfiles: readonly Profile[] = [chat, ticker, presence, game, idle, seed];
