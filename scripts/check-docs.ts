/**
 * Checks the documents against the code: tables that are made from data (exit codes, errors, options)
 * stand between two markers and must read as they would be made today; READMEs stay short.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { catalogue } from '../server/errors/index.ts';
import { retired, schema } from '../server/options/index.ts';
import { listFiles } from './source-files.ts';

/** Most lines of a folder's README, not counting the tables that are made from data. */
const MOST_LINES = 60;

/** What each exit code says, those of the error catalogue and those of a run's verdict. */
const exitMeanings: Record<number, string> = {
  0: 'Pass',
  1: 'A process of the cluster failed',
  2: 'Wrong usage',
  99: 'The rules of the scenario failed',
  104: 'Bad configuration',
  105: 'Interrupted; what was measured is kept',
  112: 'Invalid run: the generator or the host spoilt the measurement',
  113: 'The target took no connection, or speaks another protocol',
  114: 'A load process was lost',
};

/** The tables made from data: in which document, between which markers. */
const tables = [
  { document: 'README.md', name: 'exit codes', make: makeExitCodes },
  { document: 'CONTRIBUTING.md', name: 'errors', make: makeErrors },
  { document: 'server/README.md', name: 'options', make: makeOptions },
  { document: 'server/options/README.md', name: 'retired', make: makeRetired },
];

/**
 * Returns a sentence for each table that is not fresh and each README that is too long.
 *
 * With `write` the tables are brought up to date instead.
 */
export async function checkDocs(root: string, { write = false } = {}): Promise<string[]> {
  const problems: string[] = [];
  for (const { document, name, make } of tables) {
    const path = join(root, document);
    const text = await readFile(path, 'utf8');
    const fresh = replaceTable(text, name, make());
    if (fresh === undefined)
      problems.push(`Cannot find the table "${name}" in "${document}": wanted its two markers`);
    else if (fresh !== text && write) await writeFile(path, fresh);
    else if (fresh !== text)
      problems.push(`Cannot trust the table "${name}" in "${document}": npm run format makes it anew`);
  }
  return [...problems, ...(await findLongReadmes(root))];
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
