/** What an option wants, in the words of a sentence that refuses a value. */
import { z } from 'zod';

/** What an issue of a field wants; for a choice of several forms, what each of them wants. */
export function wantedBy(issue: z.core.$ZodIssue, field?: z.ZodType): string {
  const number = field === undefined ? undefined : numberIn(field);
  if (number !== undefined) {
    return rangeOf(number);
  }
  if (issue.code === 'invalid_union') {
    const firsts = issue.errors.flatMap((form) => form.slice(0, 1));
    return firsts.map((first) => `${first.path.length > 0 ? 'list of ' : ''}${wantedBy(first)}`).join(' or ');
  }
  if (issue.code === 'custom') {
    return issue.message;
  }
  if (issue.code === 'unrecognized_keys') {
    return `one without ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  }
  // "Invalid input: expected string, received number"
  return issue.message
    .replace(/^[^:]*: (expected )?/, '')
    .replace(/, received .*$/, '')
    .replace(/^must /, 'text that must ')
    .replace(/^record$/, 'object')
    .replace(/^string to have >=1 characters$/, 'text, not empty');
}

/** The number that a field holds, with or without a default; undefined when it holds anything else. */
function numberIn(field: z.ZodType): z.ZodNumber | undefined {
  if (field instanceof z.ZodDefault || field instanceof z.ZodOptional) {
    return numberIn(field.unwrap() as z.ZodType);
  }
  return field instanceof z.ZodNumber ? field : undefined;
}

/** All numbers among options are whole. */
function rangeOf({ maxValue, minValue }: z.ZodNumber): string {
  const most = maxValue ?? Number.MAX_SAFE_INTEGER;
  return `a whole number from ${minValue ?? 0}${most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`}`;
}
