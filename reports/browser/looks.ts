/** How lines, colours and times look, the same in every drawing of the page. Runs before all that draw. */
import type { Dataset } from './chart-library.ts';
import type { Line } from './model.ts';

/** Found by the other scripts as the global `looks`. */
export interface Looks {
  /** A line in its look, ready to be drawn. */
  dataset(line: Line, small: boolean): Dataset;
  /** Gives a dataset the colours its line has in the theme of the moment. */
  repaint(set: Dataset, line: Line): void;
  /** Asks the browser for a colour of the style sheet, whatever the theme makes of it. */
  colour(expression: string): string;
  /** Writes a length of time given in seconds: `05:37`, `1:02:03`. */
  clock(seconds: number): string;
}

/** One look per line: a reader without colours tells lines apart by dashes, marks and labels. */
const dashes = [[], [6, 3], [2, 2], [10, 3, 2, 3], [12, 4], [4, 2, 1, 2, 1, 2], [1, 3], [3, 3]];
const marks = ['circle', 'rect', 'triangle', 'rectRot', 'cross', 'star', 'crossRot', 'line'];

const probe = document.body.appendChild(document.createElement('span'));
probe.hidden = true;

function colour(expression: string): string {
  probe.style.color = expression;
  return getComputedStyle(probe).color;
}

function clock(seconds: number): string {
  const hours = Math.floor(seconds / 3_600);
  const minutes = String(Math.floor(seconds / 60) % 60).padStart(2, '0');
  return `${hours > 0 ? `${hours}:` : ''}${minutes}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

function lineColours(line: Line): { borderColor: string; backgroundColor: string } {
  const name = `var(--look-${line.look % dashes.length})`;
  return {
    borderColor: colour(name),
    backgroundColor: colour(`color-mix(in srgb, ${name} 22%, transparent)`),
  };
}

function dataset(line: Line, small: boolean): Dataset {
  return {
    label: line.label,
    data: line.points.map(([x, y]) => ({ x, y })),
    ...lineColours(line),
    borderDash: dashes[line.look % dashes.length] ?? [],
    pointStyle: marks[line.look % marks.length] ?? 'circle',
    fill: line.filled ? 'start' : false,
    borderWidth: small ? 1.25 : 1.75,
    borderJoinStyle: 'round',
    pointRadius: 0,
    pointHoverRadius: 4,
  };
}

function repaint(set: Dataset, line: Line): void {
  Object.assign(set, lineColours(line));
}

const looks: Looks = { dataset, repaint, colour, clock };
Object.assign(globalThis, { looks });
