import { expect, test } from 'vitest';
import { checkBench } from './bench-command.ts';

test('checkBench() lets pass what the command line takes, and runs nothing', async () => {
  await checkBench(['run', '--scenario', '42k-users', '--users', '10', '--target', 'ws://host/']);
});

test.for([
  [['runn'], /unknown command/],
  [['run', '--user', '10'], /unknown option '--user'/],
  [['run', '--users', 'many'], /many/],
  [['run', '--users'], /argument missing/],
  [['run', 'more'], /too many arguments/],
] as const)('checkBench() refuses %j', async ([args, sentence]) => {
  await expect(checkBench(args)).rejects.toThrow(sentence);
});

test('checkBench() refuses variables that no flag of the command is set by', async () => {
  await expect(checkBench(['list'], ['SCBENCH_USERS'])).rejects.toThrow(
    'Cannot set "SCBENCH_USERS" for scbench list: none of its flags is set by it',
  );
});
