/** The verdict as JUnit XML, the format in which build servers take test results. */
import type { RuleResult, Summary } from '../loadgen/results/index.ts';
import { ruleValue, verdictSentence, verdictWord } from './figures/index.ts';

/**
 * Formats a run as one test suite: one case for the measurement itself, which fails when the verdict does not
 * stand, and one case for each rule. An invalid run fails as `error`: it says nothing about the target.
 */
export function formatJunit(summary: Summary): string {
  const { scenario, rules, seconds, startedAt, verdict } = summary;
  const broken = rules.filter(({ ok }) => ok === false).length;
  const skipped = rules.filter(({ ok }) => ok === null).length;
  const failures = broken + (verdict.status === 'fail' || verdict.status === 'regressed' ? 1 : 0);
  const counts = `tests="${rules.length + 1}" failures="${failures}" errors="${verdict.status === 'invalid' ? 1 : 0}" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts} time="${seconds}">`,
    `  <testsuite name="${escapeXml(scenario)}" ${counts} time="${seconds}" timestamp="${escapeXml(startedAt)}">`,
    ...verdictCase(summary),
    ...rules.flatMap((result) => ruleCase(scenario, result)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** Escapes text for XML elements and attributes, and drops the characters XML 1.0 cannot hold at all. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

function verdictCase(summary: Summary): string[] {
  const { scenario, seconds, verdict } = summary;
  const open = `    <testcase classname="${escapeXml(scenario)}" name="verdict" time="${seconds}"`;
  if (verdict.status === 'pass') return [`${open}/>`];
  const element = verdict.status === 'invalid' ? 'error' : 'failure';
  const message = `${verdictWord(verdict)}: ${verdictSentence(summary)}`;
  const details = verdict.reasons.join('\n');
  return [
    `${open}>`,
    `      <${element} message="${escapeXml(message)}">${escapeXml(details)}</${element}>`,
    '    </testcase>',
  ];
}

function ruleCase(scenario: string, result: RuleResult): string[] {
  const open = `    <testcase classname="${escapeXml(scenario)}" name="${escapeXml(result.rule)}" time="0"`;
  if (result.ok === true) return [`${open}/>`];
  const message = `${result.rule}: ${ruleValue(result)}`;
  if (result.ok === null) return [`${open}>`, '      <skipped message="not judged"/>', '    </testcase>'];
  return [`${open}>`, `      <failure message="${escapeXml(message)}"/>`, '    </testcase>'];
}
