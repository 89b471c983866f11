/** The one comment of a pull request that each gate renews. */
import type { Answer } from './answer.ts';

/** A comment in the making. */
export interface Telling {
  /** Name of the gate: each has its own comment. */
  readonly name: string;
  /** 2 confirms what 1 found. */
  readonly attempt: number;
  readonly answer: Answer;
  /** The comment as it stands, of which the first attempt is kept when the second is told. */
  readonly before?: string | undefined;
}

/** What GitHub takes, in characters, with room for our own words. */
const MOST_CHARACTERS = 65_536 - 1_000;

/** What stands around the first attempt, so that the second finds it. */
const BEGIN = '<!-- first attempt -->';
const END = '<!-- end of first attempt -->';

/** Gives the first line of a gate's comment, which readers do not see. */
export function markerOf(name: string): string {
  return `<!-- scbench gate "${name}" -->`;
}

/** Writes the comment. */
export function composeComment({ name, attempt, answer, before }: Telling): string {
  const marker = markerOf(name);
  if (attempt === 1) return `${marker}\n${BEGIN}\n${shorten(answer.text)}\n${END}`;
  const again = `${headline(answer.exitCode)}\n\n${answer.text}`;
  const first = before?.split(BEGIN)[1]?.split(END)[0]?.trim();
  // Without room for both, the newer is told.
  if (first === undefined || again.length + first.length > MOST_CHARACTERS) {
    return `${marker}\n${shorten(again)}`;
  }
  const summary = '<summary>First measurement</summary>';
  return `${marker}\n${again}\n\n<details>${summary}\n\n${BEGIN}\n${first}\n${END}\n\n</details>`;
}

/** What the second measurement makes of the first, which found a regression. */
function headline(exitCode: number): string {
  if (exitCode === 1) return '**Confirmed by a fresh runner.**';
  if (exitCode === 0) return '**Not confirmed: on a fresh runner nothing got worse.**';
  return '**Not decided: a fresh runner could not measure it.**';
}

function shorten(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  return `${text.slice(0, MOST_CHARACTERS)}\n\nThe rest is in the job's summary.`;
}
