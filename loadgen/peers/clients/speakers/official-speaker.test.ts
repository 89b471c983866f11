import { test } from 'vitest';
import { createOfficialSpeaker } from './official-speaker.ts';
import { expectToSpeak } from './testing.ts';

test('createOfficialSpeaker() makes users that are there once they are subscribed, and tells what comes', () =>
  expectToSpeak(createOfficialSpeaker));
