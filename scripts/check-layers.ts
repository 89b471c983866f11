/** Checks who imports whom against .dependency-cruiser.mjs. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cruise, type IModule } from 'dependency-cruiser';
import extractConfiguration from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { listFiles, sourceFolders } from './source-files.ts';

/** The one rule that a type-only import does not break. */
const TYPES_MAY_PASS = 'scenarios-know-types-of-the-server';

/** An import that a rule forbids. */
export interface Offence {
  rule: string;
  from: string;
  to: string;
  /** The rule's sentence for whoever broke it. */
  comment: string;
}

/** What a check of the layers found, and how much it has read. */
export interface LayerCheck {
  modules: number;
  offences: Offence[];
}

/**
 * Reads every source file below the root and returns the imports that the rules forbid.
 *
 * @throws Error when a file was not read, or was read without its imports: both happen silently when the
 *   parser is missing, and a check that reads nothing finds nothing.
 */
export async function checkLayers(root: string, rulesFile: string): Promise<LayerCheck> {
  const texts = await readSources(root);
  const files = [...texts.keys()];
  const folders = sourceFolders.filter((folder) => files.some((file) => file.startsWith(`${folder}/`)));
  const configuration = await extractConfiguration(rulesFile);
  const options = { ...configuration.options, ruleSet: configuration, validate: true, baseDir: root };
  const { output } = await cruise(folders, options);
  if (typeof output === 'string') throw new Error('Cannot check the layers: got text, wanted data');

  refuseBlindness(texts, output.modules);
  const comments = new Map(configuration.forbidden?.map((rule) => [rule.name, rule.comment ?? '']));
  const offences = output.summary.violations
    .map(({ rule, from, to }) => ({ rule: rule.name, from, to, comment: comments.get(rule.name) ?? '' }))
    .filter(
      (offence) =>
        offence.rule !== TYPES_MAY_PASS || importsValues(texts.get(offence.from) ?? '', offence.to),
    );
  return { modules: files.length, offences };
}

async function readSources(root: string): Promise<Map<string, string>> {
  const files = (await listFiles(root)).filter((file) => file.endsWith('.ts'));
  const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')));
  return new Map(files.map((file, index) => [file, texts[index] ?? '']));
}

function refuseBlindness(texts: Map<string, string>, modules: IModule[]): void {
  const imports = new Map(modules.map((module) => [module.source, module.dependencies.length]));
  const unread = [...texts].filter(([file, text]) => {
    const seen = imports.get(file);
    return seen === undefined || (seen === 0 && /^(import|export) .*from '\.\.?\//m.test(text));
  });
  if (texts.size > 0 && unread.length === 0) return;
  const example = unread[0] ? `, for example "${unread[0][0]}"` : '';
  throw new Error(`Cannot check the layers: ${unread.length} of ${texts.size} files were not read${example}`);
}

/** Says whether a text imports more than types from a file; the parser cannot tell the two apart. */
function importsValues(text: string, file: string): boolean {
  const statements = text.match(/^(import|export)\b[^;]*?\bfrom '[^']+'/gm) ?? [];
  return statements.some((statement) => statement.endsWith(`/${file}'`) && !/^\w+ type\b/.test(statement));
}
