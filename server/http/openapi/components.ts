import { z } from 'zod';
import * as grant from '../../../contract/grant.ts';
import * as monitoring from '../../../contract/monitoring.ts';
import * as recordingReview from '../../../contract/recording-review.ts';
import * as recordingShare from '../../../contract/recording-share.ts';
import { POLICY_PRESETS, PolicySource } from '../../../contract/policy-source.ts';
import * as redaction from '../../../contract/redaction.ts';
import * as administration from '../../../contract/server-administration.ts';
import * as api from '../../../contract/server-api.ts';
import * as signIn from '../../../contract/sign-in.ts';
import * as transparency from '../../../contract/transparency.ts';

/** Contracts whose exported schemas have a name of their own in the document. */
const NAMED = [
  api,
  administration,
  grant,
  monitoring,
  recordingReview,
  recordingShare,
  redaction,
  signIn,
  transparency,
];
/** Read by a function that names each mistake; this is what it takes. */
const POLICY_SOURCE: JsonSchema = {
  type: 'object',
  description: 'A redaction policy, or a preset and what differs from it.',
  properties: {
    preset: { enum: Object.keys(POLICY_PRESETS) },
    ...z.toJSONSchema(redaction.RedactionPolicy, { io: 'input' }).properties,
  },
  additionalProperties: false,
};
const PREFIX = '#/components/schemas/';

/** A JSON Schema (draft 2020-12, which OpenAPI 3.1 takes as it is). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Turns schemas into components by name, each once. What a client sends and what it gets are different components of one schema: fields
 * with a default may be left out of the one and are always in the other.
 */
export interface Components {
  /** A reference to the schema; `name` where it is not exported by a contract. */
  sent(schema: z.ZodType, name: string): JsonSchema;
  answered(schema: z.ZodType, name: string): JsonSchema;
  /** The components that were referred to, and what they refer to, by name. */
  schemas(): Readonly<Record<string, JsonSchema>>;
}

export function createComponents(): Components {
  const sent = createSide('input', name => (name.endsWith('Input') ? name : `${name}Sent`));
  const answered = createSide('output', name => name);
  return {
    sent: sent.refer,
    answered: answered.refer,
    schemas() {
      const all = [...sent.used(), ...answered.used()].sort(([a], [b]) => (a < b ? -1 : 1));
      const twice = all.find(([name], i) => all[i + 1]?.[0] === name);
      if (twice !== undefined) throw new Error(`Two schemas of the interface are called ${twice[0]}.`);
      return Object.fromEntries(all);
    },
  };
}

function createSide(io: 'input' | 'output', componentName: (name: string) => string) {
  const registry = z.registry<{ id: string }>();
  for (const contract of NAMED)
    for (const [name, schema] of Object.entries(contract))
      if (schema instanceof z.ZodType && !registry.has(schema)) registry.add(schema, { id: name });
  const roots = new Set<string>();
  return {
    refer(schema: z.ZodType, name: string): JsonSchema {
      if (!registry.has(schema)) registry.add(schema, { id: name });
      const component = componentName(registry.get(schema)?.id ?? name);
      roots.add(component);
      return { $ref: `${PREFIX}${component}` };
    },
    used(): [string, JsonSchema][] {
      const made = z.toJSONSchema(registry, {
        io,
        uri: id => `${PREFIX}${componentName(id)}`,
        // Only of schemas that the other side uses; the test sees to it that none is left open here.
        unrepresentable: 'any',
        override({ zodSchema, jsonSchema }) {
          if (zodSchema === PolicySource) Object.assign(jsonSchema, POLICY_SOURCE);
          // A newer server may say more; clients pass over what they do not know.
          if (io === 'output' && jsonSchema.additionalProperties === false)
            delete jsonSchema.additionalProperties;
        },
      }).schemas;
      const byName = new Map(
        Object.entries(made).map(([id, { $schema: _, $id: __, ...schema }]) => [componentName(id), schema]),
      );
      return [...reachable(roots, byName)].map(name => [name, byName.get(name) ?? {}]);
    },
  };
}

/** The names, and those that their schemas refer to. */
function reachable(
  roots: ReadonlySet<string>,
  schemas: ReadonlyMap<string, JsonSchema>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...roots];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const text = JSON.stringify(schemas.get(name) ?? {});
    for (const [, next = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) open.push(next);
  }
  return found;
}
