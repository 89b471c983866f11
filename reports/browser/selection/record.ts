/** Unpacks the run that the page carries along, and answers for any stretch of it. Runs after all who listen. */
import type { Packed } from '../model.ts';
import { unpack } from '../unpack.ts';
import type { LatencyModel, RecordModel, SecondModel, SelectionModel, TimesModel } from './model.ts';

const element = document.getElementById('run-record');
const slotsPerDoubling = Number(element?.dataset['slots'] ?? 16);

async function readTimeline(text: string): Promise<SecondModel[]> {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const { timeline } = (await new Response(stream).json()) as { timeline: Packed };
  return unpack(timeline) as SecondModel[];
}

/** Where a slot begins, milliseconds. Slot 0 holds what is shorter than a microsecond. */
function slotStart(slot: number): number {
  return slot === 0 ? 0 : 2 ** ((slot - 1) / slotsPerDoubling) / 1_000;
}

function addShapes(shapes: readonly number[][]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const shape of shapes) {
    for (let at = 0; at + 1 < shape.length; at += 2) {
      const slot = shape[at] ?? 0;
      counts.set(slot, (counts.get(slot) ?? 0) + (shape[at + 1] ?? 0));
    }
  }
  return new Map([...counts].sort(([one], [other]) => one - other));
}

function timesOf(parts: readonly LatencyModel[], shapes: readonly number[][]): TimesModel | undefined {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  if (count === 0) return undefined;
  const max = parts.reduce((most, part) => Math.max(most, part.max), 0);
  const mean = parts.reduce((sum, part) => sum + part.mean * part.count, 0) / count;
  const slots = addShapes(shapes);
  const total = [...slots.values()].reduce((sum, each) => sum + each, 0);
  const quantile = (share: number): number => {
    let below = 0;
    for (const [slot, here] of slots) {
      if (below + here >= share * total) {
        const within = (share * total - below) / here;
        const begin = slotStart(slot);
        return Math.min(max, slot === 0 ? within / 1_000 : begin * (slotStart(slot + 1) / begin) ** within);
      }
      below += here;
    }
    return max;
  };
  return { count, max, mean, quantile };
}

function recordOf(seconds: SecondModel[]): RecordModel {
  const last = seconds.at(-1);
  const length = last === undefined ? 1 : last.second + (last.seconds ?? 1);
  return {
    length,
    seconds,
    slotStart,
    select(range): SelectionModel {
      const { from, to } = range ?? { from: 0, to: length };
      const chosen = seconds.filter(({ second }) => second >= from && second < to);
      return {
        from,
        to,
        isChosen: range !== undefined,
        seconds: chosen,
        before: seconds.findLast(({ second }) => second < from),
        times: (name) =>
          timesOf(
            chosen.flatMap(
              (second) => (second[name] as LatencyModel | undefined) ?? second.fanout?.[name] ?? [],
            ),
            chosen.map(({ shapes }) => shapes?.[name] ?? []),
          ),
        workerTimes: (name) => {
          const own = chosen.flatMap(({ workers }) => workers.find(({ worker }) => worker === name) ?? []);
          return timesOf(
            own.flatMap(({ response, push }) => response ?? push ?? []),
            own.map(({ shape }) => shape ?? []),
          );
        },
      };
    },
  };
}

if (element?.textContent && 'DecompressionStream' in globalThis) {
  const detail = recordOf(await readTimeline(element.textContent));
  if (detail.seconds.length > 0) dispatchEvent(new CustomEvent<RecordModel>('run-record', { detail }));
  performance.mark('record');
}
