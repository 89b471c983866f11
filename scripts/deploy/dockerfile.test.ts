/** Lints the Dockerfile and holds it against the package. It is not built here: see the README. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Copy, DockerfileParser, type JSONInstruction } from 'dockerfile-ast';
import { ValidationSeverity, validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import { resolveOptions } from '../../server/options/index.ts';
import { listFiles } from '../source-files.ts';
import { checkBench } from './manifests/bench-command.ts';

const root = join(import.meta.dirname, '..', '..');
const text = read('scripts/deploy/Dockerfile');
const file = DockerfileParser.parse(text);
const manifest = JSON.parse(read('package.json')) as { bin: Record<string, string>; files: string[] };

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** What the linter says of a text, each with its line. */
function lint(dockerfile: string): string[] {
  return validate(dockerfile, {
    deprecatedMaintainer: ValidationSeverity.ERROR,
    directiveCasing: ValidationSeverity.ERROR,
    emptyContinuationLine: ValidationSeverity.ERROR,
    instructionCasing: ValidationSeverity.ERROR,
    instructionCmdMultiple: ValidationSeverity.ERROR,
    instructionEntrypointMultiple: ValidationSeverity.ERROR,
    instructionHealthcheckMultiple: ValidationSeverity.ERROR,
    instructionJSONInSingleQuotes: ValidationSeverity.ERROR,
    instructionWorkdirRelative: ValidationSeverity.ERROR,
  }).map(({ message, range }) => {
    const text = typeof message === 'string' ? message : message.value;
    return `${range.start.line + 1}: ${text}`;
  });
}

/** Where a COPY takes its files from and brings them to, without the names of stages. */
function copyOf(copy: Copy): { stage: string | undefined; from: string[]; to: string } {
  const words = copy.getArguments().map((argument) => argument.getValue());
  const stage = copy.getFromFlag()?.getValue() ?? undefined;
  return { stage, from: words.slice(0, -1), to: words.at(-1) ?? '' };
}

test('the Dockerfile has nothing that its linter finds', () => {
  expect(lint(text)).toEqual([]);
});

test.for<[what: string, planted: string]>([
  ['an instruction that does not exist', text.replace('EXPOSE', 'EXPOSED')],
  ['a relative WORKDIR', text.replace('WORKDIR /srv', 'WORKDIR srv')],
  ['a COPY without its end', text.replace('COPY server server/', 'COPY server')],
  ['a flag that does not exist', text.replace('--from=build', '--form=build')],
  ['a second CMD', `${text}CMD ["other.js"]\n`],
  ['a port that is none', text.replace('EXPOSE 8000', 'EXPOSE 8000x')],
])('its linter finds %s', ([, planted]) => {
  expect(planted).not.toBe(text);
  expect(lint(planted)).not.toEqual([]);
});

test('every file that is copied is there, and .dockerignore lets it in', async () => {
  const sources = file.getCOPYs().map(copyOf);
  const outside = sources.filter(({ stage }) => stage === undefined).flatMap(({ from }) => from);
  const letIn = read('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  expect(outside.toSorted()).toEqual(letIn.toSorted());
  const present = [
    ...(await listFiles(root)),
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
  ];
  for (const path of outside) {
    expect(
      present.some((each) => each === path || each.startsWith(`${path}/`)),
      path,
    ).toBe(true);
  }
});

test('the image holds what the package holds, and what its commands start', () => {
  const copied = file
    .getCOPYs()
    .map(copyOf)
    .filter(({ stage }) => stage === 'build')
    .flatMap(({ from, to }) => from.map((path) => ({ path: path.replace('/build/', ''), to })));
  for (const wanted of manifest.files) {
    expect(
      copied.some(({ path }) => wanted === path || wanted.startsWith(`${path}/`)),
      wanted,
    ).toBe(true);
  }
  for (const { path, to } of copied) {
    expect([`${path}/`, `${dirname(path)}/`], `${path} lies where it lay`).toContain(to);
  }
  const [command] = file.getCMDs();
  expect(Object.values(manifest.bin)).toContain(`${stringsOf(command)[0]}`);
});

test('the container is nobody, hears signals itself, and has the ports of the server', () => {
  const [entry, user] = [
    file.getENTRYPOINTs().at(-1),
    file.getInstructions().find((one) => one.getKeyword() === 'USER'),
  ];
  expect(stringsOf(entry)).toEqual(['node']);
  expect(stringsOf(file.getCMDs().at(-1))).toContain('run');
  expect(user?.getArgumentsContent()).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  const { port } = resolveOptions({ workerController: 'app.js' });
  const exposed = file.getInstructions().find((one) => one.getKeyword() === 'EXPOSE');
  expect(exposed?.getArguments().map((argument) => argument.getValue())).toContain(String(port));
});

test('the run that it names is one the command line takes, and keeps its results where the user may write', async () => {
  const [, command = ''] =
    /^# +docker run socketcluster-bench dist\/loadgen\/cli\.js (.+)$/m.exec(text) ?? [];
  const words = command.split(' ');
  await checkBench(words);
  expect(words[words.indexOf('--out') + 1]).toMatch(/^\/tmp\//);
});

test('the image is made in two stages, of the version of Node that the project names', () => {
  const froms = file.getFROMs();
  expect(froms.map((from) => from.getBuildStage())).toEqual(['build', null]);
  expect(new Set(froms.map((from) => from.getImage()))).toEqual(new Set(['node:$' + '{NODE}-bookworm-slim']));
  expect(file.getARGs()[0]?.getProperty()?.getValue()).toBe(read('.nvmrc').trim());
});

/** An instruction in exec form; in shell form it has none of these. */
function stringsOf(instruction: JSONInstruction | undefined): string[] {
  return instruction?.getJSONStrings().map((string) => string.getJSONValue()) ?? [];
}
