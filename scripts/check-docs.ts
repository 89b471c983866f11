/**
 * Checks the documents against the code: tables that are made from data (exit codes, errors, options)
 * stand between two markers and must read as they would be made today; READMEs stay short; what documents name is there.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { catalogue } from '../server/errors/index.ts';
import { objects } from '../server/migration/index.ts';
import { retired, schema } from '../server/options/index.ts';
import { listFiles } from './source-files.ts';

/** Most lines of a folder's README, not counting the tables that are made from data. */
const MOST_LINES = 60;

/** A link to a file, without its place in the page; and a source or document in its folder, as prose names it. */
const LINK = /\]\((?!https?:|#)([^)\s#]+)(?:#[^)]*)?\)/g;
const SOURCE = /`((?:\.\.?\/)*[a-z][\w-]*\/[\w./-]+\.(?:ts|md))`/g;

/** What each exit code says, those of the error catalogue and those of a run's verdict. */
const exitMeanings: Record<number, string> = {
  0: 'Pass',
  1: 'A process of the cluster could not start, or ended though nobody meant it to; of a gate: the candidate is worse than the base',
  2: 'Wrong usage',
  3: 'A gate could not tell, and was told not to be green then',
  99: 'The target failed: a rule does not hold, all users were dropped, nothing came back, or deliveries came that nobody had asked for',
  104: 'Bad configuration',
  105: 'Interrupted; what was measured is kept',
  111: 'Worse than the stored baseline, with `--strict`',
  112: 'Invalid run: the generator or the host spoilt the measurement, or it failed or cannot be written down',
  113: 'The target took no connection, or speaks another protocol',
  114: 'A load process was lost',
};

/** The tables made from data: in which document, between which markers. */
const tables = [
  { document: 'README.md', name: 'exit codes', make: makeExitCodes },
  { document: 'CONTRIBUTING.md', name: 'errors', make: makeErrors },
  { document: 'server/README.md', name: 'options', make: makeOptions },
  { document: 'server/options/README.md', name: 'retired', make: makeRetired },
  { document: 'server/client/README.md', name: 'options', make: makeClientOptions },
  { document: 'server/client/README.md', name: 'events', make: makeClientEvents },
  { document: 'server/MIGRATION.md', name: 'names', make: makeNames },
  { document: 'server/MIGRATION.md', name: 'missing names', make: makeMissingNames },
];

/**
 * Returns a sentence for each table that is not fresh, each README that is too long and each file that is named in vain.
 *
 * With `write` the tables are brought up to date instead.
 */
export async function checkDocs(root: string, { write = false } = {}): Promise<string[]> {
  const problems: string[] = [];
  for (const { document, name, make } of tables) {
    const path = join(root, document);
    const text = await readFile(path, 'utf8');
    const fresh = replaceTable(text, name, await make(root));
    if (fresh === undefined)
      problems.push(`Cannot find the table "${name}" in "${document}": wanted its two markers`);
    else if (fresh !== text && write) await writeFile(path, fresh);
    else if (fresh !== text)
      problems.push(`Cannot trust the table "${name}" in "${document}": npm run format makes it anew`);
  }
  return [...problems, ...(await findLongReadmes(root)), ...(await findLostPaths(root))];
}

/** Puts a table between `<!-- name -->` and `<!-- /name -->`; undefined when the text has no such place. */
export function replaceTable(text: string, name: string, table: string): string | undefined {
  const opening = `<!-- ${name} -->\n`;
  const start = text.indexOf(opening);
  const end = text.indexOf(`<!-- /${name} -->`, start);
  if (start < 0 || end < 0) return undefined;
  return `${text.slice(0, start)}${opening}\n${table}\n${text.slice(end)}`;
}

function makeExitCodes(): string {
  const unnamed = Object.values(catalogue).find(({ exit }) => !(exit in exitMeanings));
  if (unnamed) throw new Error(`Cannot describe exit code ${unnamed.exit}: it has no entry in exitMeanings`);
  const rows = Object.entries(exitMeanings).map(([exit, meaning]) => {
    const codes = Object.entries(catalogue).filter(([, entry]) => entry.exit === Number(exit));
    return [exit, meaning, codes.map(([code]) => `\`${code}\``).join(', ')];
  });
  return formatTable(['Exit', 'Meaning', 'Errors'], rows);
}

function makeErrors(): string {
  const rows = Object.entries(catalogue).map(([code, { exit, meaning, remedy }]) => [
    `\`${code}\``,
    String(exit),
    meaning,
    remedy,
  ]);
  return formatTable(['Error', 'Exit', 'Meaning', 'Remedy'], rows);
}

function makeOptions(): string {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  const rows = Object.entries(properties).map(([name, property]) => {
    if (typeof property === 'boolean') return [`\`${name}\``, '', ''];
    const fallback = property.default === undefined ? '' : `\`${JSON.stringify(property.default)}\``;
    return [`\`${name}\``, required.includes(name) ? 'required' : fallback, property.description ?? ''];
  });
  return formatTable(['Option', 'Default', 'Meaning'], rows);
}

function makeRetired(): string {
  const rows = [...retired].map(([name, { why }]) => [`\`${name}\``, why]);
  return formatTable(['Option', 'Why'], rows);
}

async function makeClientOptions(root: string): Promise<string> {
  const members = await readMembers(root, { file: 'server/client/options.ts', name: 'ClientOptions' });
  return formatTable(
    ['Option', 'Meaning'],
    members.map(({ name, comment }) => [`\`${name}\``, comment]),
  );
}

async function makeClientEvents(root: string): Promise<string> {
  const members = await readMembers(root, { file: 'server/client/contract.ts', name: 'LocalEvents' });
  const rows = members.map(({ name, type, comment }) => {
    const details = [...type.matchAll(/(\w+): /g)].map(([, detail]) => detail);
    return [`\`${name}\``, details.join(', '), comment];
  });
  return formatTable(['Event', 'Details', 'Meaning'], rows);
}

/** Reads the members of an interface with what stands above each in one line. */
async function readMembers(
  root: string,
  { file, name }: { file: string; name: string },
): Promise<{ name: string; type: string; comment: string }[]> {
  const text = await readFile(join(root, file), 'utf8');
  const body = new RegExp(`^export interface ${name} \\{\\n(.*?)^\\}`, 'ms').exec(text)?.[1] ?? '';
  const members = [...body.matchAll(/^ {2}\/\*\* (.+) \*\/\n {2}(\w+)\??: (.+);$/gm)];
  const count = body.match(/^ {2}\w+\??: /gm)?.length ?? 0;
  if (count === 0 || members.length !== count)
    throw new Error(
      `Cannot make a table of ${name} in "${file}": wanted one line of comment above each member`,
    );
  return members.map(([, comment = '', member = '', type = '']) => ({ name: member, type, comment }));
}

function makeNames(): string {
  const rows = Object.entries(objects).map(([object, { has, raises }]) => [
    object,
    listOf(has),
    listOf(raises),
  ]);
  return formatTable(['Object', 'Has', 'Raises'], rows);
}

function makeMissingNames(): string {
  const rows = Object.entries(objects).flatMap(([object, { lacks }]) =>
    Object.entries(lacks).map(([names, instead]) => [object, listOf(names.split(', ')), instead]),
  );
  return formatTable(['Object', 'Missing', 'Instead, or why'], rows);
}

/** `on` before the name of an event stays outside of what is code. */
function listOf(names: readonly string[]): string {
  return names.map((name) => name.replace(/^(on )?(.*)$/, '$1`$2`')).join(', ');
}

function formatTable(head: string[], rows: string[][]): string {
  const lines = [head, head.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.map(escapeCell).join(' | ')} |`,
  );
  return `${lines.join('\n')}\n`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

async function findLongReadmes(root: string): Promise<string[]> {
  const problems: string[] = [];
  for (const file of (await listFiles(root)).filter((name) => name.endsWith('/README.md'))) {
    const text = await readFile(join(root, file), 'utf8');
    const written = text
      .replaceAll(/<!-- ([a-z ]+) -->[\s\S]*?<!-- \/\1 -->/g, '')
      .trimEnd()
      .split('\n').length;
    if (written > MOST_LINES) {
      problems.push(
        `Cannot read "${file}" at one glance: it has ${written} lines, wanted at most ${MOST_LINES}`,
      );
    }
  }
  return problems;
}

/** Links begin at the document, prose may begin at any folder that holds it. */
async function findLostPaths(root: string): Promise<string[]> {
  const problems = new Set<string>();
  const documents = (await listFiles(root)).filter((name) => name.endsWith('.md'));
  for (const file of ['README.md', 'CONTRIBUTING.md', ...documents]) {
    const text = await readFile(join(root, file), 'utf8');
    const folders = [dirname(file)];
    while (folders.at(-1) !== '.') folders.push(dirname(folders.at(-1) ?? '.'));
    const lost = (path = '', places = folders): boolean =>
      !places.some((place) => existsSync(join(root, place, path)));
    const links = [...text.matchAll(LINK)].filter(([, path]) => lost(path, folders.slice(0, 1)));
    const sources = [...text.matchAll(SOURCE)].filter(([, path]) => lost(path));
    for (const [, path] of [...links, ...sources]) {
      problems.add(`Cannot find "${path}", which "${file}" names: wanted a file that is there`);
    }
  }
  return [...problems];
}
