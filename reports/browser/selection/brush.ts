/** The timeline over which a reader draws a stretch of the run: by the pointer, by two sliders, or by a phase's name. */
import type { Looks } from '../looks.ts';
import type { FrameModel } from '../model.ts';
import type { RecordModel, SecondModel } from './model.ts';

declare const looks: Looks;

const { clock } = looks;

/** Less than that is a click, which takes the choice back. */
const LEAST_PIXELS = 4;

interface Range {
  from: number;
  to: number;
}

/** Draws how many messages there were, and where the phases change and faults are. */
function drawStrip(canvas: HTMLCanvasElement, { seconds, length }: RecordModel, frame: FrameModel): void {
  const { width, height } = canvas.getBoundingClientRect();
  const context = canvas.getContext('2d');
  if (context === null || width === 0) return;
  const ratio = devicePixelRatio;
  Object.assign(canvas, { width: width * ratio, height: height * ratio });
  context.scale(ratio, ratio);
  const { color, backgroundColor } = getComputedStyle(canvas);
  const rate = ({ answered, pushed }: SecondModel): number => answered + pushed;
  const most = seconds.reduce((peak, second) => Math.max(peak, rate(second)), 1);
  context.fillStyle = color;
  context.globalAlpha = 0.45;
  for (const second of seconds) {
    const from = Math.floor((second.second / length) * width);
    const to = Math.floor(((second.second + (second.seconds ?? 1)) / length) * width);
    const top = (rate(second) / most) * (height - 4);
    // Whole pixels: where two columns shared one, it would be darker.
    context.fillRect(from, height - top, to - from, top);
  }
  context.globalAlpha = 1;
  for (const { start } of frame.phases) {
    context.fillStyle = backgroundColor;
    context.fillRect((start / length) * width - 1, 0, 2, height);
  }
  context.fillStyle = color;
  for (const { second, isFault } of frame.marks) {
    if (isFault) context.fillRect((second / length) * width - 1, 0, 2, height);
  }
}

/** Widens a stretch to the borders of the seconds that the page carries. */
function snap({ from, to }: Range, { seconds, length }: RecordModel): Range {
  const begin = seconds.findLast(({ second }) => second <= from)?.second ?? 0;
  const end = seconds.find(({ second }) => second >= to)?.second ?? length;
  return { from: begin, to: Math.max(end, begin + 1) };
}

/** What the timeline is made of. */
interface Parts {
  strip: HTMLElement;
  canvas: HTMLCanvasElement;
  pane: HTMLElement;
  words: HTMLElement;
  clear: HTMLElement;
  from: HTMLInputElement;
  to: HTMLInputElement;
  phases: HTMLElement[];
}

function partsOf(place: HTMLElement): Parts | undefined {
  const find = <Kind extends HTMLElement>(selector: string): Kind | null =>
    place.querySelector<Kind>(selector);
  const [strip, canvas, pane] = [find('.strip'), find<HTMLCanvasElement>('canvas'), find('.pane')];
  const [from, to] = [find<HTMLInputElement>('[data-from]'), find<HTMLInputElement>('[data-to]')];
  const [words, clear] = [find('[data-range]'), find('[data-clear]')];
  if (!strip || !canvas || !pane || !from || !to || !words || !clear) return undefined;
  const phases = [...place.querySelectorAll<HTMLElement>('[data-phase]')];
  return { strip, canvas, pane, words, clear, from, to, phases };
}

class Brush {
  readonly #parts: Parts;
  readonly #record: RecordModel;
  /** What is said while nothing is chosen. */
  readonly #said: string;
  /** Where the pointer went down. */
  #origin: number | undefined;

  constructor(parts: Parts, record: RecordModel) {
    this.#parts = parts;
    this.#record = record;
    this.#said = parts.words.textContent ?? '';
    this.#listenToPointer();
    this.#listenToControls();
  }

  /** Takes a stretch, or the whole run, and tells everybody. */
  choose(range: Range | undefined): void {
    const snapped = range && snap(range, this.#record);
    this.#show(snapped);
    dispatchEvent(new CustomEvent('run-selection', { detail: this.#record.select(snapped) }));
  }

  #show(range: Range | undefined): void {
    const { length } = this.#record;
    const { pane, clear, words, from, to, phases } = this.#parts;
    const { from: left, to: right } = range ?? { from: 0, to: length };
    pane.hidden = range === undefined;
    clear.hidden = range === undefined;
    pane.style.left = `${(left / length) * 100}%`;
    pane.style.width = `${((right - left) / length) * 100}%`;
    [from.value, to.value] = [String(left), String(right)];
    words.textContent = range === undefined ? this.#said : `${clock(left)} to ${clock(right)}`;
    for (const button of phases) {
      const { from: start, to: end } = phaseOf(button);
      button.ariaPressed = String(range !== undefined && start === left && end === right);
    }
  }

  #listenToPointer(): void {
    const { strip } = this.#parts;
    strip.addEventListener('pointerdown', (event) => {
      this.#origin = event.clientX;
      strip.setPointerCapture(event.pointerId);
    });
    strip.addEventListener('pointermove', (event) => {
      if (this.#origin !== undefined) this.#show(this.#rangeTo(event.clientX));
    });
    strip.addEventListener('pointerup', (event) => {
      this.choose(this.#rangeTo(event.clientX));
      this.#origin = undefined;
    });
    strip.addEventListener('pointercancel', () => {
      this.#origin = undefined;
      this.choose(undefined);
    });
  }

  #listenToControls(): void {
    const { from, to, clear, phases } = this.#parts;
    for (const slider of [from, to]) {
      slider.max = String(this.#record.length);
      slider.addEventListener('change', () => this.choose(between(Number(from.value), Number(to.value))));
    }
    for (const button of phases) {
      const toggle = (): void => this.choose(button.ariaPressed === 'true' ? undefined : phaseOf(button));
      button.addEventListener('click', toggle);
    }
    clear.addEventListener('click', () => this.choose(undefined));
  }

  #rangeTo(x: number): Range | undefined {
    if (this.#origin === undefined || Math.abs(x - this.#origin) < LEAST_PIXELS) return undefined;
    return between(this.#secondAt(this.#origin), this.#secondAt(x));
  }

  #secondAt(x: number): number {
    const { left, width } = this.#parts.strip.getBoundingClientRect();
    return Math.round(Math.min(1, Math.max(0, (x - left) / width)) * this.#record.length);
  }
}

function between(one: number, other: number): Range {
  return { from: Math.min(one, other), to: Math.max(one, other) };
}

function phaseOf({ dataset }: HTMLElement): Range {
  return { from: Number(dataset['start']), to: Number(dataset['end']) };
}

addEventListener('run-record', (event) => {
  const record = (event as CustomEvent<RecordModel>).detail;
  const place = document.getElementById('timeline');
  const parts = place === null ? undefined : partsOf(place);
  if (place === null || parts === undefined) return;
  place.hidden = false;
  const frame = JSON.parse(document.getElementById('run-frame')?.textContent ?? '{}') as FrameModel;
  const draw = (): void => drawStrip(parts.canvas, record, frame);
  draw();
  addEventListener('resize', draw);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  new Brush(parts, record).choose(undefined);
});
