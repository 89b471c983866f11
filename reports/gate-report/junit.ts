/** A gate as JUnit XML, the format in which build servers take test results. */
import { escapeXml } from '../junit.ts';
import {
  type GateReport,
  type ReportRow,
  statusWord,
  writeBounds,
  writeEffect,
  writeTest,
} from './figures/index.ts';

/**
 * Formats a gate as one test suite: a case for the verdict and one for each gated metric. A metric that was not settled
 * is skipped; an invalid job fails as `error`, since it says nothing about the candidate.
 */
export function formatGateJunit(report: GateReport): string {
  const gated = report.rows.filter(({ verdict }) => verdict !== undefined);
  const red = gated.filter(({ verdict }) => verdict === 'regression').length;
  const open = gated.filter(({ verdict }) => verdict === 'inconclusive').length;
  const { status } = report;
  const counts =
    `tests="${gated.length + 1}" failures="${red + Number(status === 'regression')}" ` +
    `errors="${Number(status === 'invalid')}" skipped="${open + Number(status === 'inconclusive')}"`;
  const suite = escapeXml(`gate ${report.scenario}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${suite}" ${counts} timestamp="${escapeXml(report.startedAt)}">`,
    ...caseOf({ suite, name: 'verdict', ...verdictOutcome(report) }),
    ...gated.flatMap((row) => caseOf({ suite, name: row.title, ...rowOutcome(row) })),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** What became of a case: the element that says so, none when it passed. */
interface Outcome {
  element?: 'failure' | 'error' | 'skipped';
  message: string;
  details?: string;
}

function verdictOutcome(report: GateReport): Outcome {
  const elements = {
    pass: undefined,
    regression: 'failure',
    inconclusive: 'skipped',
    invalid: 'error',
  } as const;
  const element = elements[report.status];
  const { profile, repeat } = report.commands;
  return {
    ...(element && { element }),
    message: `${statusWord(report)}: ${report.sentence}`,
    details: [...report.reasons, repeat, ...(profile === undefined ? [] : [profile])].join('\n'),
  };
}

function rowOutcome(row: ReportRow): Outcome {
  const { metric, verdict, effect } = row;
  const message = `${writeEffect(metric, effect)} (${writeBounds(metric, row)}), p ${writeTest(row)}`;
  if (verdict === 'regression') return { element: 'failure', message };
  return verdict === 'inconclusive' ? { element: 'skipped', message } : { message };
}

function caseOf({
  suite,
  name,
  element,
  message,
  details = '',
}: Outcome & { suite: string; name: string }): string[] {
  const open = `    <testcase classname="${suite}" name="${escapeXml(name)}"`;
  if (element === undefined) return [`${open}/>`];
  return [
    `${open}>`,
    `      <${element} message="${escapeXml(message)}">${escapeXml(details)}</${element}>`,
    '    </testcase>',
  ];
}
