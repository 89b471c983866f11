import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commandLine } from './command-line.ts';

test('commandLine() writes a command as it was typed', () => {
  expect(commandLine('npm run bench --', [])).toBe('npm run bench');
  expect(commandLine('x', ['-u', '5', '--header', 'Accept: b'])).toBe("x -u 5 --header 'Accept: b'");
  expect(commandLine('x', ['it is', '', '$HOME', "don't"])).toBe(`x 'it is' '' '$HOME' 'don'\\''t'`);
});

test('commandLine() is read by a shell as it was meant', { timeout: 30_000 }, () => {
  const special = fc.constantFrom(
    "'",
    '"',
    '$',
    '`',
    '\\',
    ' ',
    '\n',
    '~',
    '*',
    '!',
    '#',
    '=',
    '-',
    'a',
    'é',
  );
  const word = fc.array(special, { maxLength: 6 }).map((letters) => letters.join(''));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
      const command = commandLine("printf '%s\\0' +", words);
      const read = execFileSync('sh', ['-c', command], { encoding: 'utf8' }).split('\0');
      expect(read.slice(1, -1)).toEqual(words);
    }),
    { numRuns: 20 },
  );
});

test.each<[string[], string]>([
  [['--header', 'Authorization: Bearer x y'], "--header 'Authorization: [redacted]'"],
  [['--header=X-Key: k', '-u', '5'], "'--header=X-Key: [redacted]' -u 5"],
  [['--header', 'Accept: */*'], "--header 'Accept: */*'"],
  [['--target', 'ws://a:b@h/?token=x y'], "--target 'ws://[redacted]@h/?token=[redacted]'"],
  [['--target=wss://h/?v=1&sid=s'], "'--target=wss://h/?v=1&sid=[redacted]'"],
  [['wss://a@h/', '-q'], "'wss://[redacted]@h/' -q"],
  [['--admin', 'http://a:b@h:1'], "--admin 'http://[redacted]@h:1'"],
  [['--agents', 'nats://a:b@one,tls://t@two'], "--agents 'nats://[redacted]@one,tls://[redacted]@two'"],
  [['--agents=nats://one:4222', '-u', '5'], '--agents=nats://one:4222 -u 5'],
  [['--message', '{"password":"x"}'], `--message '{"password":"[redacted]"}'`],
])('commandLine() shows no secret of %j', (words, shown) => {
  expect(commandLine('scbench', words)).toBe(`scbench ${shown}`);
});
