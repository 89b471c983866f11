/** A plan as Markdown: the answer, then what it rests on. */
import { formatDecimal, formatInstant, formatSystem, formatThings } from '../figures/index.ts';
import { escapeCell } from '../markdown.ts';
import {
  answerOf,
  capacityOf,
  limitsOfSize,
  missingOf,
  nameSize,
  type PlanDocument,
  type PlanSize,
  writeBytes,
  writeCapacity,
  writeInterval,
  writeNumber,
  writePercent,
} from './document/index.ts';

/** Columns that hold words; all others are figures, flush right. */
const WORDS = [
  '',
  'workers',
  'verdict',
  'capacity',
  'role',
  'guard',
  'wanted',
  'law',
  'grade',
  'prediction',
  'hash',
];

/** Formats a plan as GitHub Markdown, the answer first. */
export function formatPlanMarkdown(document: PlanDocument): string {
  const { sign, word, sentence } = answerOf(document);
  const parts = [
    `## ${sign} ${word}: ${escapeCell(sentence)}`,
    subject(document),
    list(answers(document)),
    missing(document),
    list(document.remarks.map(ended)),
    titled('Capacity', [sizesTable(document), list(document.sizes.flatMap(findings))]),
    titled('Capacity by limit', [limitsTable(document)]),
    titled('Scaling', scaling(document)),
    titled('Fleets', [document.tables?.markdown.trim() ?? '']),
    titled('Costs', [costsTable(document), memory(document)]),
    titled('Proof of the generator', [proofTable(document)]),
    titled('Predictions', [predictionsTable(document), escapeCell(document.predictions.coverage ?? '')]),
    repeat(document),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function subject({ profile, slo, madeAt, project }: PlanDocument): string {
  const name = escapeCell(`${profile.name}: ${profile.question}`);
  return `Profile ${name} Objective ${escapeCell(slo)} of scheduled messages. Made ${formatInstant(madeAt)} by version ${escapeCell(project)}.`;
}

function answers(document: PlanDocument): string[] {
  const { details, fleet, needed, next } = answerOf(document);
  const advice = next === undefined ? [] : [`What to measure next: ${next}`];
  return [...details, ...[fleet, needed].filter((each) => each !== undefined), ...advice].map(ended);
}

function missing(document: PlanDocument): string {
  const parts = missingOf(document);
  return parts.length === 0 ? '' : `**Not in this plan:**\n\n${list(parts)}`;
}

function sizesTable({ sizes, proof }: PlanDocument): string {
  return table(
    ['workers', 'verdict', 'capacity', 'estimate, messages/s', 'trials'],
    sizes.map((size) => {
      const capacity = capacityOf(size, proof);
      return [
        nameSize(size),
        size.verdict,
        capacity.load === null ? 'none confirmed' : writeCapacity(capacity),
        capacity.estimate === undefined ? '–' : writeInterval(capacity.estimate.load),
        String(size.trials.length),
      ];
    }),
  );
}

function findings(size: PlanSize): string[] {
  return size.findings.map((finding) => `${nameSize(size)}: ${ended(finding)}`);
}

function limitsTable({ sizes, proof }: PlanDocument): string {
  const known = sizes
    .map((size) => ({ ...size, capacities: limitsOfSize(size, proof) }))
    .filter(({ capacities }) => capacities.length > 0);
  const limits = [...new Set(known.flatMap(({ capacities }) => capacities.map(({ withinMs }) => withinMs)))];
  const rows = limits.map((limit) => [
    `${limit} ms`,
    ...known.map(({ capacities }) => capacityAt(capacities.find(({ withinMs }) => withinMs === limit))),
  ]);
  const means = known.map(({ geometricMean: estimate, capacities }) =>
    capacityAt({ withinMs: 0, estimate, isAtLeast: capacities.some(({ isAtLeast }) => isAtLeast) }),
  );
  return table(
    ['within', ...known.map((size) => `${nameSize(size)}, messages/s`)],
    rows.length === 0 ? [] : [...rows, ['geometric mean', ...means]],
  );
}

function capacityAt(capacity: PlanSize['capacities'][number] | undefined): string {
  if (!capacity?.estimate) return '–';
  const { isAtLeast, estimate } = capacity;
  return isAtLeast ? `at least ${writeNumber(estimate.lower)}` : writeInterval(estimate);
}

function scaling({ scaling: found }: PlanDocument): string[] {
  if (found === null) return [];
  const { band, laws, peak, remarks } = found;
  return [
    table(
      ['workers', 'predicted, messages/s', 'grade'],
      band.map((each) => [
        String(each.workers),
        writeInterval(each),
        each.grade === 'beyond' ? 'beyond: never chosen by' : each.grade,
      ]),
    ),
    table(
      ['law', 'weight', 'lambda, messages/s', 'sigma', 'kappa'],
      laws.map(({ name, weight, lambda, sigma, kappa }) => [
        name,
        writePercent(weight),
        writeNumber(lambda),
        ...[sigma, kappa].map(writeNumber),
      ]),
    ),
    list([...(peak === null ? [] : [peak]), ...remarks].map(ended)),
  ];
}

function costsTable({ costs }: PlanDocument): string {
  const kinds = [...new Set(costs.flatMap(({ perKind }) => Object.keys(perKind)))];
  return table(
    ['role', ...kinds.map((kind) => `µs for one ${kind}`), 'scatter'],
    costs.map(({ role, perKind, residualSpread }) => [
      role,
      ...kinds.map((kind) => writeNumber(perKind[kind])),
      writePercent(residualSpread),
    ]),
  );
}

function memory({ memory: found, calibration }: PlanDocument): string {
  const socket =
    found === null
      ? ''
      : `A socket takes ${writeInterval(found.perSocket, writeBytes)}, a worker without any ${writeBytes(found.perWorker)}, everything else on the host ${writeBytes(found.host)}.`;
  const speed =
    calibration === null
      ? ''
      : `Calibration: ${formatDecimal(calibration.single)} µs alone, ${formatDecimal(calibration.busy)} µs with all processors busy.`;
  return [socket, speed].filter((part) => part !== '').join(' ');
}

function proofTable({ proof }: PlanDocument): string {
  if (proof === null) return '';
  return table(
    ['', 'guard', 'value', 'wanted'],
    proof.findings.map(({ ok, name, value, limit, wanted, sentence }) => [
      ok ? '✓ holds' : '✗ fails',
      sentence ?? name,
      value === null || Number.isNaN(value) ? 'not measured' : writeNumber(value),
      wanted ?? `limit ${writeNumber(limit)}`,
    ]),
  );
}

function predictionsTable({ predictions: { frozen } }: PlanDocument): string {
  return table(
    ['prediction', 'value', 'grade', 'hash'],
    frozen.map((each) => [
      each.subject,
      `${writeInterval(each)} ${each.unit}`,
      each.grade,
      each.hash.slice(0, 12),
    ]),
  );
}

function repeat({ machine, command }: PlanDocument): string {
  const { processor, cores, memoryBytes } = machine;
  const where = `Measured on ${processor}, ${formatThings(cores, 'core')}, ${writeBytes(memoryBytes)}, ${formatSystem(machine)}.`;
  return `<details><summary>Repeat it</summary>\n\n${escapeCell(where)}\n\n\`\`\`sh\n${command}\n\`\`\`\n\n</details>`;
}

function titled(title: string, parts: readonly string[]): string {
  const filled = parts.filter((part) => part !== '');
  return filled.length === 0 ? '' : [`### ${title}`, ...filled].join('\n\n');
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${escapeCell(line)}`).join('\n');
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const ruler = head.map((name) => (WORDS.includes(name) ? '---' : '---:'));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head.map(escapeCell)), line(ruler), ...rows.map((row) => line(row.map(escapeCell)))].join(
    '\n',
  );
}
