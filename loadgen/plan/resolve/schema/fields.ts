/** Which fields a schema knows, for people who mistyped one. */
import { z } from 'zod';

/** Names of the fields that may stand at a place inside a value, whichever of several kinds it has there. */
export function fieldsAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const [step, ...rest] = path;
  return kindsOf(schema).flatMap((kind) => {
    if (kind instanceof z.ZodArray) return step === undefined ? [] : fieldsAt(kind.element, rest);
    if (!(kind instanceof z.ZodObject)) return [];
    if (step === undefined) return Object.keys(kind.shape);
    const field: z.core.$ZodType | undefined = kind.shape[String(step)];
    return field === undefined ? [] : fieldsAt(field, rest);
  });
}

/** What is left of a schema without its defaults and alternatives. */
function kindsOf(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return kindsOf(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(kindsOf);
  return [schema];
}
