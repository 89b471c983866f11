/** Checks that every file with behaviour has a test beside it, and that files and folders stay small. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isTestFile, listFiles } from './source-files.ts';

/** Most source files in one folder, not counting its door, its main, its options and its tests. */
const MOST_SOURCES = 8;

/** Most lines of a source. Biome has a rule for it, but takes a comment or a text of several lines for one. */
const MOST_LINES = 250;

/** Files whose behaviour is shown elsewhere, each with the reason. An entry that is not needed is an error. */
const withoutTest: Record<string, string> = {
  'loadgen/plan/scenario.ts': 'defineScenario returns what it is given',
};

/** Returns a sentence for each file that lacks its test or is too long, and each folder that is too full. */
export async function checkTests(
  root: string,
  excused: Record<string, string> = withoutTest,
): Promise<string[]> {
  const files = (await listFiles(root)).filter((file) => file.endsWith('.ts'));
  if (files.length === 0) return [`Cannot check the tests of "${root}": no source was found`];

  const sources = files.filter((file) => !isTestFile(file));
  const untested: string[] = [];
  const long: string[] = [];
  for (const file of sources) {
    const text = await readFile(join(root, file), 'utf8');
    if (!isWiring(file) && hasBehaviour(text) && !hasTest(file, files)) untested.push(file);
    long.push(...findLongFile(file, text));
  }
  return [
    ...untested
      .filter((file) => !(file in excused))
      .map((file) => `Cannot find a test of "${file}": wanted ${basename(file, '.ts')}.test.ts beside it`),
    ...Object.keys(excused)
      .filter((file) => !untested.includes(file))
      .map((file) => `Cannot excuse "${file}" from having a test: it needs no excuse any more`),
    ...long,
    ...findFullFolders(sources),
  ];
}

/** Doors, process starts and command lines put tested parts together; cluster tests run them. */
function isWiring(file: string): boolean {
  return ['index.ts', 'main.ts', 'cli.ts'].includes(basename(file)) || file.startsWith('scenarios/');
}

function hasBehaviour(text: string): boolean {
  return /^export (default )?(async )?(abstract )?(function|class)\b|^export const \w+[^=\n]*= (async )?(function\b|\(|<|\w+ =>)/m.test(
    text,
  );
}

function hasTest(file: string, files: string[]): boolean {
  const stem = file.slice(0, -'.ts'.length);
  return files.includes(`${stem}.test.ts`) || files.includes(`${stem}.cluster.test.ts`);
}

function findLongFile(file: string, text: string): string[] {
  const lines = text.split('\n').length - 1;
  if (lines <= MOST_LINES) return [];
  return [`Cannot survey the file "${file}": it has ${lines} lines, wanted at most ${MOST_LINES}`];
}

function findFullFolders(sources: string[]): string[] {
  const sizes = new Map<string, number>();
  for (const file of sources.filter((source) => !source.startsWith('scenarios/'))) {
    if (['index.ts', 'main.ts', 'options.ts'].includes(basename(file))) continue;
    sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1);
  }
  return [...sizes]
    .filter(([, size]) => size > MOST_SOURCES)
    .map(
      ([folder, size]) =>
        `Cannot survey the folder "${folder}": it has ${size} sources, wanted at most ${MOST_SOURCES}`,
    );
}
