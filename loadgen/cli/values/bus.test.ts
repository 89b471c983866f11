import { Command, Option } from 'commander';
import { expect, test } from 'vitest';
import { addBusFlags, type BusFlags, busAddressOf } from './bus.ts';

async function parsed(...words: string[]): Promise<BusFlags & { nats?: string }> {
  const command = addBusFlags(new Command().exitOverride(), new Option('--nats <url>')).configureOutput({
    writeErr: () => undefined,
  });
  await command.parseAsync(words, { from: 'user' });
  return command.opts();
}

test('busAddressOf() makes an address of what was typed', async () => {
  const flags = await parsed(
    '--nats',
    'nats://one',
    '--nats-cluster',
    'blue',
    '--nats-ca',
    '/ca',
    '--nats-credentials',
    '/c',
  );
  expect(busAddressOf(flags.nats ?? '', flags)).toEqual({
    servers: ['one:4222'],
    cluster: 'blue',
    credentialsFile: '/c',
    tls: { caFile: '/ca' },
  });
});

test('addBusFlags() refuses a URL of something else as wrong usage, and does not say its password again', async () => {
  await expect(parsed('--nats', 'http://ann:secret@one')).rejects.toMatchObject({
    code: 'USAGE_WRONG',
    message: 'Cannot use NATS URL "http://[redacted]@one": wanted is nats://host:port or tls://host:port',
  });
});
