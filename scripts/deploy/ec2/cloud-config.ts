/**
 * Reads what a host of EC2 is told at its first start. The schema knows those modules of cloud-init that are used here
 * and refuses all others: cloud-init itself would pass over a word that it does not know.
 */
import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { z } from 'zod';

/** The first line, without which cloud-init takes a file for something else. */
const FIRST_LINE = '#cloud-config';

/** What EC2 takes as user data. */
const MOST_BYTES = 16_384;

const path = z.string().regex(/^\/[\w./-]+$/, 'an absolute path');
const command = z.array(z.string().min(1)).min(1);

const schema = z.strictObject({
  package_update: z.boolean(),
  packages: z.array(z.string().regex(/^[a-z0-9][a-z0-9.+-]+$/, 'the name of a Debian package')),
  users: z
    .array(
      z.union([
        z.literal('default'),
        z.strictObject({ name: z.string().regex(/^[a-z][a-z0-9-]*$/), system: z.boolean(), shell: path }),
      ]),
    )
    .default(['default']),
  write_files: z.array(z.strictObject({ path, content: z.string().min(1), defer: z.boolean().optional() })),
  runcmd: z.array(command),
});

/** What a host is told. */
export type CloudConfig = z.output<typeof schema>;

/** Lines of `name = value` by their sections, as systemd has them. A name may come more than once. */
export type Unit = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/**
 * Reads and checks a file for cloud-init.
 *
 * @throws Error with everything that is wrong with it.
 */
export async function readCloudConfig(file: string): Promise<CloudConfig> {
  const text = await readFile(file, 'utf8');
  const document = parseDocument(text, { uniqueKeys: true });
  const checked = schema.safeParse(document.toJS());
  const problems = [
    ...(text.startsWith(`${FIRST_LINE}\n`) ? [] : [`the first line is not ${FIRST_LINE}`]),
    ...(Buffer.byteLength(text) > MOST_BYTES ? [`it is longer than the ${MOST_BYTES} bytes EC2 takes`] : []),
    ...[...document.errors, ...document.warnings].map(({ message }) => message),
    ...(checked.success ? [] : [z.prettifyError(checked.error)]),
  ];
  if (!checked.success || problems.length > 0) {
    throw new Error(`Cannot start a host with "${file}": ${problems.join('; ')}`);
  }
  return checked.data;
}

/** Returns the text of a file that is written. @throws RangeError when none has this path. */
export function contentOf({ write_files: files }: CloudConfig, wanted: string): string {
  const found = files.find((each) => each.path === wanted);
  if (found === undefined) throw new RangeError(`Cannot find "${wanted}": it is not among the files written`);
  return found.content;
}

/** Reads the settings in a file of /etc/sysctl.d. A hyphen before a name says that the kernel may not have it. */
export function readSettings(text: string): Map<string, string> {
  return new Map(
    linesOf(text).map((line) => {
      const [, name = '', value = ''] = /^-?([\w./-]+)\s*=\s*(.+)$/.exec(line) ?? [];
      if (name === '') throw new Error(`Cannot read setting "${line}": wanted is "name = value"`);
      return [name, value];
    }),
  );
}

/** Reads a unit of systemd. */
export function readUnit(text: string): Unit {
  const unit = new Map<string, Map<string, string[]>>();
  let section: Map<string, string[]> | undefined;
  for (const line of linesOf(text)) {
    const title = /^\[(\w+)\]$/.exec(line)?.[1];
    const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (title !== undefined) {
      section = unit.get(title) ?? new Map<string, string[]>();
      unit.set(title, section);
    } else if (section === undefined || name === '') {
      throw new Error(`Cannot read line "${line}": wanted is "[Section]" or, below one, "Name=value"`);
    } else {
      section.set(name, [...(section.get(name) ?? []), value]);
    }
  }
  return unit;
}

/** Without comments and empty ones. */
function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[#;]/.test(line));
}
