const COLOURS: Record<string, string> = { error: '\u001b[31m', warn: '\u001b[33m', debug: '\u001b[2m' };
const PLAIN = '\u001b[0m';

/** Fields of every line that a reader at a terminal does not need. */
const HIDDEN = new Set(['level', 'time', 'pid', 'hostname', 'name', 'msg', 'err']);

/** Turns one JSON line of the log into one line for people: time, level, text, remaining fields. */
export function readableLine(json: string): string {
  const line = JSON.parse(json) as Record<string, unknown>;
  const level = String(line['level']);
  const time = new Date(Number(line['time'])).toISOString().slice(11, 23);
  const fields = Object.entries(line)
    .filter(([name]) => !HIDDEN.has(name))
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const colour = COLOURS[level] ?? '';
  const text = `${time} ${colour}${level.padEnd(5)}${colour === '' ? '' : PLAIN} ${typeof line['msg'] === 'string' ? line['msg'] : ''}`;
  return `${text}${fields.join('')}${stackOf(line['err'])}\n`;
}

function stackOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('stack' in error)) {
    return '';
  }
  return `\n${String(error.stack)}`;
}
