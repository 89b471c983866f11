/** A trend line over the runs of a scenario, drawn as it is written: no script, no library, the same on paper. */
import { html, type Insert, type Markup } from '../html.ts';

/** One run on the line. */
export interface TrendPoint {
  value: number | null;
  /** What is said when it is pointed at. */
  words: string;
  /** `pass` is a dot, `fail` a cross, `invalid` a ring: readable without colours. */
  status: 'pass' | 'fail' | 'regressed' | 'invalid';
}

const WIDTH = 340;
const HEIGHT = 96;
const MARGIN = 10;
const RADIUS = 3;

/** Draws a trend; nothing for fewer than two figures. Its axis begins at 0, so that small changes look small. */
export function trend(
  title: string,
  unit: string,
  points: readonly TrendPoint[],
  write: (value: number) => string,
): Insert {
  const known = points.filter((point): point is TrendPoint & { value: number } => point.value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || known.length < 2) return false;
  const most = Math.max(...known.map(({ value }) => value)) || 1;
  const places = known.map((point, index) => ({
    ...point,
    x: MARGIN + (index / (known.length - 1)) * (WIDTH - 2 * MARGIN),
    y: HEIGHT - MARGIN - (point.value / most) * (HEIGHT - 2 * MARGIN),
  }));
  // A run that was spoilt has its mark, but says nothing about where the line goes.
  const path = places
    .filter(({ status }) => status !== 'invalid')
    .map(({ x, y }) => `${fixed(x)},${fixed(y)}`);
  const words = `${title} of ${known.length} runs, from ${write(first.value)} to ${write(last.value)} ${unit}`;
  return html`
<figure class="small trend">
<figcaption>${title} <span>${unit}</span></figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words}"><polyline points="${path.join(' ')}"/>${places.map(mark)}</svg>
<p class="reading">first ${write(first.value)}, last <b>${write(last.value)}</b>, highest ${write(most)}</p>
</figure>`;
}

function mark({ x, y, status, words }: TrendPoint & { x: number; y: number }): Markup {
  const title = html`<title>${words}</title>`;
  if (status === 'pass' || status === 'invalid') {
    return html`<circle class="${status}" cx="${fixed(x)}" cy="${fixed(y)}" r="${RADIUS}">${title}</circle>`;
  }
  const [left, right, top, bottom] = [x - RADIUS, x + RADIUS, y - RADIUS, y + RADIUS].map(fixed);
  const path = `M${left} ${top}L${right} ${bottom}M${left} ${bottom}L${right} ${top}`;
  return html`<path class="${status}" d="${path}">${title}</path>`;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
