/** What tests of commands have in common. Never imported by anything else. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, vi } from 'vitest';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a command said, and how it ended. */
export interface Said {
  readonly out: string;
  readonly error: string;
  readonly code: typeof process.exitCode;
}

/**
 * Gives each test of a file a folder, and leaves the process as it was before: its streams, its exit code, and who
 * listens for its signals, as commands do until their process ends.
 * @returns Tells the folder.
 */
export function useFolder(): () => string {
  let folder = '';
  let exitCode: typeof process.exitCode;
  const listening = SIGNALS.map((signal) => [signal, process.listeners(signal)] as const);
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'command-test-')));
    exitCode = process.exitCode;
  });
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = exitCode;
    for (const [signal, before] of listening)
      for (const listener of process.listeners(signal))
        if (!before.includes(listener)) process.off(signal, listener);
    rmSync(folder, { recursive: true });
  });
  return () => folder;
}

/** Runs a command that `add` adds to a program; only where a test uses a folder are its streams given back if it fails. */
export async function runCommand(add: (program: Command) => void, words: readonly string[]): Promise<Said> {
  const [out, error] = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockReturnValue(true),
  );
  const textOf = (spy: typeof out): string => spy?.mock.calls.map(([text]) => text).join('') ?? '';
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  add(program);
  await program.parseAsync([...words], { from: 'user' });
  const said = { out: textOf(out), error: textOf(error), code: process.exitCode };
  vi.restoreAllMocks();
  return said;
}
