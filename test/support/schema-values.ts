import fc from 'fast-check';
import { z } from 'zod';

/** As much of JSON Schema as zod writes of this project's schemas. */
interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

/** Longer ones are for the tests of limits. */
const MAX_LENGTH = 40;
const MAX_ITEMS = 3;
/** For patterns that look ahead: one of these fits each. */
const EXAMPLES = [
  'x',
  'shop',
  'db.example',
  '10.0.0.1',
  'https://example.com',
  '2026-01-01',
  '09:00',
  'YQ==',
];

/** Values that the schema lets in, but for what its refinements want besides: texts of any characters, numbers and lists up to their limits. */
export function valuesOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  return arbitraryOf(
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as JsonSchema,
  );
}

function arbitraryOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(arbitraryOf));
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({ min: lowest(schema), max: Math.min(schema.maximum ?? 2 ** 31, 2 ** 31 - 1) });
    case 'number':
      return fc.double({ min: lowest(schema), max: schema.maximum ?? 1e9, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return listOf(schema);
    case 'object':
      return objectOf(schema);
    default:
      return fc.jsonValue();
  }
}

function lowest({ minimum, exclusiveMinimum }: JsonSchema): number {
  return Math.max(minimum ?? -(2 ** 31), exclusiveMinimum === undefined ? -(2 ** 31) : exclusiveMinimum + 1);
}

function textOf({ pattern, minLength = 0, maxLength = MAX_LENGTH }: JsonSchema): fc.Arbitrary<string> {
  if (pattern !== undefined) {
    const fits = (text: string) => text.length >= minLength && text.length <= Math.max(minLength, maxLength);
    // What fast-check cannot write by itself.
    if (/\(\?<?[=!]/.test(pattern))
      return fc.constantFrom(...EXAMPLES.filter(text => new RegExp(pattern, 'u').test(text)));
    return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' }).filter(fits);
  }
  const limits = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, MAX_LENGTH)) };
  return fc.oneof(fc.string(limits), fc.string({ ...limits, unit: 'grapheme' }));
}

function listOf({ items = {}, prefixItems, minItems = 0, maxItems }: JsonSchema): fc.Arbitrary<unknown> {
  if (prefixItems !== undefined) return fc.tuple(...prefixItems.map(arbitraryOf));
  const maxLength = Math.max(minItems, Math.min(maxItems ?? MAX_ITEMS, MAX_ITEMS));
  return fc.array(arbitraryOf(items), { minLength: minItems, maxLength });
}

function objectOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  const members = Object.fromEntries(Object.entries(properties).map(([key, of]) => [key, arbitraryOf(of)]));
  if (Object.keys(members).length > 0) return fc.record(members, { requiredKeys: [...required] });
  if (typeof additionalProperties !== 'object') return fc.constant({});
  const keys = propertyNames === undefined ? fc.string({ maxLength: 20 }) : arbitraryOf(propertyNames);
  return fc.dictionary(keys as fc.Arbitrary<string>, arbitraryOf(additionalProperties), {
    maxKeys: MAX_ITEMS,
  });
}
