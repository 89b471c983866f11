/** The command that repeats this one, fit to be shown to anybody and to be pasted into a shell. */
import { isHarmlessHeader, REDACTED, redactText, redactUrl } from '../../plan/secrets/index.ts';

/** Options whose values are URLs, well written or not. */
const urlOptions = ['--target', '--admin', '--agents', '--nats'];

/** Writes a command from its first words and what follows them. Whoever repeats it puts the secrets in again. */
export function commandLine(start: string, parameters: readonly string[]): string {
  if (parameters.length === 0) return start.replace(/ --$/, '');
  const words = parameters.map((word, n) => quote(withoutSecrets(word, parameters[n - 1])));
  return [start, ...words].join(' ');
}

/** Options are written as `--name value` or as `--name=value`. */
function withoutSecrets(word: string, before: string | undefined): string {
  const [, option, value] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? [];
  if (option !== undefined && value !== undefined) return `${option}=${redactValue(option, value)}`;
  return redactValue(before, word);
}

function redactValue(option: string | undefined, value: string): string {
  if (option === '--header') return redactHeader(value);
  const isUrl = (option !== undefined && urlOptions.includes(option)) || /^(?:wss?|nats|tls):/i.test(value);
  // Only those of NATS may be several.
  return isUrl
    ? value
        .split(/,(?=\s*(?:nats|tls):)/i)
        .map(redactUrl)
        .join(',')
    : redactText(value);
}

function redactHeader(line: string): string {
  const [name = ''] = line.split(':');
  return isHarmlessHeader(name) ? line : `${name}: ${REDACTED}`;
}

/** Between single quotes a shell leaves everything as it is, but for those quotes themselves. */
function quote(word: string): string {
  return /^[\w./:@%+,-][\w./:=@%+,-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
