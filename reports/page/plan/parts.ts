/** The parts of a plan's page, from what is carried to what it rests on. */
import {
  type PlanDocument,
  type PlanSize,
  writeBytes,
  writeInterval,
  writeNumber,
} from '../../plan/document/index.ts';
import { html, type Insert } from '../html.ts';
import { section } from '../sections.ts';
import { limitsChart, loadChart, posteriorChart, scalingChart } from './drawings/index.ts';
import { fleetTable, hiddenSentence, neededTable, tierSentence } from './fleet-tables.ts';
import { bandTable, costTable, lawTable, proofTable } from './model-tables.ts';
import { limitTable, sizeTable } from './search-tables.ts';

/** How the search of the first size went: latency by load, and the belief. */
export function searchPart(document: PlanDocument): Insert {
  const [size] = document.sizes;
  const charts = size === undefined ? [] : [loadChart(size, document), posteriorChart(size)];
  return section(
    'Search',
    row(
      charts,
      `A mark is a trial: dots passed, crosses failed, and hollow squares were spoilt by the generator and say nothing of
the target. The objective counts the share of scheduled messages in time, so a percentile near its line may fall on
either side. The knee is where latency begins to rise faster than load; nothing is decided by it. On the right a ridge
is what was believed after a trial, its bar the interval of 90 %; a mark at the edge lies beyond it.`,
    ),
    sizeTable(document),
  );
}

/** The capacity at the common limits. */
export function limitsPart(document: PlanDocument): Insert {
  const [size] = document.sizes;
  return section(
    'Capacity by limit',
    size !== undefined &&
      row([limitsChart(size, document)], 'An arrow: at least so much, without an upper end.'),
    limitTable(document),
  );
}

/** How capacity grows with workers. */
export function scalingPart({ scaling }: PlanDocument): Insert {
  if (scaling === null) return false;
  const { peak, remarks } = scaling;
  return section(
    'Scaling',
    row(
      [scalingChart(scaling)],
      `Bars are measured, the band holds what a measurement would give with a chance of 90 %. Dashes begin at 1.5 times
the largest number of workers that was measured; grey and dotted is beyond twice as many, by which nothing is chosen.`,
    ),
    list([...(peak === null ? [] : [peak]), ...remarks]),
    bandTable(scaling),
    lawTable(scaling),
  );
}

/** Which fleets there are, and which carry the users that were asked for. */
export function fleetParts({ fleets }: PlanDocument): Insert {
  if (fleets === null) return false;
  const { rows, notes, leftOut, needed, prices } = fleets;
  const all = [...rows, ...(needed?.fleets.map(({ row: each }) => each) ?? [])];
  const hidden = hiddenSentence(fleets);
  return [
    section(
      'Fleets',
      html`
<p class="reading">Users are those that a fleet carries with room to spare, and without one of its hosts where it has
several; headroom is that room. ★: no fleet carries more for less. Grey rows are never recommended. Tiers tell what a row rests on: ${tierSentence(all)}. Prices of ${prices.date}, ${prices.source}; a month has 730 hours.${hidden !== false && html` ${hidden}`}</p>`,
      fleetTable(fleets),
      list([...notes, ...leftOut]),
    ),
    needed !== null && section('Fleets for so many users', neededTable(needed), list(needed.leftOut)),
  ];
}

/** What work costs, in processor time and memory, and how fast the machine is. */
export function costsPart(document: PlanDocument): Insert {
  const { memory, calibration } = document;
  const facts: [name: string, value: string][] = [];
  if (memory !== null)
    facts.push(
      ['Memory of a socket', writeInterval(memory.perSocket, writeBytes)],
      ['Of a worker without any', writeBytes(memory.perWorker)],
      ['Of everything else', writeBytes(memory.host)],
    );
  if (calibration !== null)
    facts.push(
      ['Calibration, alone', `${writeNumber(calibration.single)} µs for a piece of work`],
      ['With all processors busy', `${writeNumber(calibration.busy)} µs for a piece of work`],
    );
  return section('Costs', costTable(document), factList(facts));
}

/** Whether the capacity is the server's. */
export function proofPart(document: PlanDocument): Insert {
  const { proof } = document;
  if (proof === null) return false;
  const sentence = proof.proven
    ? 'Every guard holds: the capacity is the server’s.'
    : 'Not every guard holds: the capacity may be the generator’s, and is a lower bound.';
  return section('Proof of the generator', html`\n<p>${sentence}</p>`, proofTable(document));
}

/** Names and values, two columns where there is room; nothing without any. */
export function factList(facts: readonly (readonly [name: string, value: string])[]): Insert {
  return (
    facts.length > 0 &&
    html`
<dl class="facts">${facts.map(
      ([name, value]) => html`
<div><dt>${name}</dt><dd>${value}</dd></div>`,
    )}
</dl>`
  );
}

/** Sentences as a list; nothing without any. */
export function list(sentences: readonly string[]): Insert {
  return (
    sentences.length > 0 &&
    html`
<ul class="findings">${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`
  );
}

/** Findings of every search, each with its number of workers where there are several. */
export function findingsOf(sizes: readonly PlanSize[]): string[] {
  const isOne = sizes.length === 1;
  return sizes.flatMap(({ workers, findings }) =>
    findings.map((finding) =>
      isOne ? finding : `With ${workers} ${workers === 1 ? 'worker' : 'workers'}: ${finding}`,
    ),
  );
}

function row(charts: readonly Insert[], reading: string): Insert {
  const drawn = charts.filter((chart) => chart !== false);
  return (
    drawn.length > 0 &&
    html`
<p class="reading">${reading}</p>
<div class="row pair">${drawn}
</div>`
  );
}
