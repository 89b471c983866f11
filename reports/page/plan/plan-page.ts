/** The page of a capacity plan: the answer, how it was found, what to buy, and what it all rests on. */
import { formatInstant, formatSystem } from '../../figures/index.ts';
import {
  type Answer,
  answerOf,
  capacityOf,
  fleetToBuy,
  isFromCosts,
  missingOf,
  type PlanDocument,
  writeBytes,
  writeDollars,
  writeEstimated,
  writeFleet,
  writeInterval,
  writeLoad,
  writeNumber,
  writeUsers,
} from '../../plan/document/index.ts';
import { embedJson, html, type Insert, type Markup } from '../html.ts';
import { PAGE_POLICY, pageOf } from '../page.ts';
import { section } from '../sections.ts';
import { predictionTable, ratesOf, writeCores } from './model-tables.ts';
import {
  costsPart,
  factList,
  findingsOf,
  fleetParts,
  limitsPart,
  list,
  proofPart,
  scalingPart,
  searchPart,
} from './parts.ts';
import { trialTable } from './search-tables.ts';

/** A page of more than 1 MB is none that people send each other: it leaves its data to `plan.json`. */
const MOST_BYTES = 1_000_000;

const classes: Readonly<Record<Answer['outcome'], string>> = {
  found: 'pass',
  'at-least': 'invalid',
  unconfirmed: 'invalid',
  'not-met': 'fail',
  'fell-over': 'fail',
  costs: 'invalid',
  empty: 'invalid',
};

/**
 * Builds the page as one HTML text that asks the network for nothing. It carries the plan as JSON where there is room.
 *
 * @throws Error when the page's scripts were not built.
 */
export function buildPlanPage(document: PlanDocument): string {
  const parts = {
    title: `${document.profile.name}: ${answerOf(document).word.toLowerCase()}`,
    policy: PAGE_POLICY,
    main: mainOf(document),
    frame: { phases: [], marks: [] },
    charts: { seconds: 1, charts: [] },
    scripts: ['tables'],
  };
  const whole = pageOf({
    ...parts,
    record: html`
${embedJson('plan-document', document)}`,
  });
  return Buffer.byteLength(whole) < MOST_BYTES ? whole : pageOf(parts);
}

function mainOf(document: PlanDocument): Markup {
  const { predictions, remarks, sizes } = document;
  const coverage = predictions.coverage ?? '';
  return html`${heading(document)}${verdictPanel(document)}${tiles(document)}
${section('Not in this plan', list(missingOf(document)))}
${section('Findings', list([...remarks, ...findingsOf(sizes)]))}
${searchPart(document)}
${limitsPart(document)}
${scalingPart(document)}
${fleetParts(document)}
${costsPart(document)}
${proofPart(document)}
${section('Trials', trialTable(document))}
${section('Ledger of predictions', coverage !== '' && html`\n<p>${coverage}</p>`, predictionTable(document))}
${environment(document)}${repeat(document)}`;
}

function heading({ profile, slo, madeAt, project }: PlanDocument): Markup {
  return html`
<header>
<p class="kind">Capacity plan</p>
<h1>${profile.name}</h1>
<p class="question">${profile.question}</p>
<p class="facts">${formatInstant(madeAt)}, objective ${slo} of scheduled messages, socketcluster-bench ${project}</p>
</header>`;
}

function verdictPanel(document: PlanDocument): Markup {
  const { outcome, word, sign, sentence, details, fleet, needed, next } = answerOf(document);
  const advice = next === undefined ? [] : [`What to measure next: ${next}`];
  const further = [fleet, needed].filter((each) => each !== undefined);
  return html`
<section class="verdict ${classes[outcome]}" aria-label="Answer">
<p class="word"><span aria-hidden="true">${sign}</span> ${word}</p>
<div>
<p class="sentence">${sentence}</p>${further.map(
    (each) => html`
<p class="finished">${each}</p>`,
  )}${[...details, ...advice].map(
    (each) => html`
<p class="story">${each}</p>`,
  )}
</div>
</section>`;
}

/** A figure to remember, and what belongs to it. */
type Tile = readonly [name: string, value: string, note: string];

function tiles(document: PlanDocument): Insert {
  const objective: Tile = ['Objective', document.slo, 'of scheduled messages; what is lost is late'];
  const figures = [...capacityTiles(document), objective, ...fleetTiles(document)];
  return section(
    'Key figures',
    html`
<dl class="tiles">${figures.map(
      ([name, value, note]) => html`
<div><dt>${name}</dt><dd><b>${value}</b><span>${note}</span></dd></div>`,
    )}
</dl>`,
  );
}

function capacityTiles(document: PlanDocument): Tile[] {
  if (isFromCosts(document)) return [];
  const { proof, sizes } = document;
  const [size] = sizes;
  if (size === undefined) return [['Users', 'not known', 'no search was judged']];
  const { bound, remark, load, users, estimate } = capacityOf(size, proof);
  const at = bound === '' ? '' : `${bound} `;
  const confirmed: Tile =
    load === null
      ? ['Users', 'not known', 'no soak has passed']
      : ['Users', `${at}${writeUsers(users)}`, `${at}${writeLoad(load)} ${remark}`.trim()];
  if (estimate === undefined) return [confirmed];
  const [from, middle] = [estimate.users.lower, estimate.users.median].map((each) =>
    writeNumber(Math.round(each)),
  );
  return [
    confirmed,
    ['Estimate of users', middle ?? '', `90 %: ${from ?? ''} to ${writeUsers(estimate.users.upper)}`],
  ];
}

function fleetTiles({ fleets }: PlanDocument): Tile[] {
  if (fleets === null) return [];
  const row = fleetToBuy(fleets);
  if (row === undefined) return [['Fleet to buy', 'none', 'none may be recommended']];
  const { users, monthly, perMillion } = row;
  return [
    ['Fleet to buy', writeFleet(row), `${writeInterval(users, writeEstimated)} users`],
    ['Its price', `${writeDollars(monthly)} a month`, 'a month of 730 hours'],
    [
      'A million users',
      `${writeDollars(perMillion.median)} a month`,
      `90 %: ${writeDollars(perMillion.lower)} to ${writeDollars(perMillion.upper)}`,
    ],
  ];
}

function environment(document: PlanDocument): Insert {
  const { processor, cores, memoryBytes } = document.machine;
  return section(
    'Machine and profile',
    factList([
      ['Machine', `${processor}, ${writeCores(cores)}, ${writeBytes(memoryBytes)}`],
      ['System', formatSystem(document.machine)],
      ...ratesOf(document).map(([name, value]) => [`A user’s ${name}`, value] as const),
    ]),
  );
}

function repeat({ command }: PlanDocument): Insert {
  return section(
    'Run it again',
    html`
<div class="code" data-copy><pre><code>${command}</code></pre></div>`,
  );
}
