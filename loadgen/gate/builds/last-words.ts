/** What a program that failed has to say, in one line. */

/** npm says at length that a script failed, after the script has said why. */
const NPM = /^(npm (error|ERR!|notice|warn|WARN)|> )/;

const NPM_REASON = /^npm (error|ERR!) (?!code |errno |syscall |path |command |A complete log|Lifecycle )/;

const MOST_LINES = 3;
const MOST_CHARACTERS = 400;

/** Finds the lines that tell why: the last that are not npm's own, or else the first reason that npm gives. */
export function lastWordsOf(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const own = lines.filter((line) => !NPM.test(line) && line !== 'npm error');
  const reason = lines.find((line) => NPM_REASON.test(line))?.replace(NPM_REASON, '');
  const words = own.length > 0 ? own.slice(-MOST_LINES).join('; ') : (reason ?? 'it said nothing');
  return words.length > MOST_CHARACTERS ? `…${words.slice(-MOST_CHARACTERS)}` : words;
}
