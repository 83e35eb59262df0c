import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { COMMON_REFUSALS } from '../../../contract/routes/route.ts';
import type { RouteShape } from '../../../contract/routes/route.ts';
import { SERVER_ROUTES } from '../../../contract/server-routes.ts';
import { fakeApp } from '../../../test/support/fake-app.ts';
import { PROBLEM_TYPE } from '../problem.ts';
import { BYTE_ROUTES } from './byte-routes.ts';
import { openApiDocument, templatePath } from './openapi-document.ts';

const Content = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) }));
const Operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(
    z.object({ name: z.string(), in: z.string(), required: z.boolean(), schema: z.unknown() }),
  ),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
});
const Document = z.object({
  info: z.object({ version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});
/** As it goes over the line. */
const whole = JSON.parse(JSON.stringify(openApiDocument('1.2.3'))) as Record<string, unknown>;
const document = Document.parse(whole);
const routes = Object.entries<RouteShape>(SERVER_ROUTES);
const operationOf = (shape: { readonly method: string; readonly path: string }) =>
  Operation.parse(document.paths[templatePath(shape.path)]?.[shape.method.toLowerCase()]);

function resolved(schema: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, unknown>> {
  const name = String(schema?.['$ref']).replace('#/components/schemas/', '');
  const found = document.components.schemas[name];
  if (found === undefined) throw new Error(`no component ${name}`);
  return found;
}

/** Codes of all problems that an operation says it may answer with. */
function codesOf({ responses }: z.infer<typeof Operation>): string[] {
  return Object.values(responses)
    .flatMap(({ content }) => {
      const schema = content?.[PROBLEM_TYPE]?.schema as
        | { allOf: [unknown, { properties: { code: { enum: string[] } } }] }
        | undefined;
      return schema?.allOf[1].properties.code.enum ?? [];
    })
    .sort();
}

describe('the description of the interface', () => {
  test('is OpenAPI 3.1 by the schema of its makers', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(whole));
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect(validator.version).toBe('3.1');
    expect(document.info.version).toBe('1.2.3');
    // the validator itself can say no
    expect((await new Validator().validate({ ...whole, paths: { x: {} } })).valid).toBe(false);
  });

  test.each(routes)('%s: method, path, parameters, body, answer and problems', (name, shape) => {
    const operation = operationOf(shape);
    expect(operation).toMatchObject({ operationId: name, summary: shape.about });
    expect(operation.security).toEqual(shape.proof === 'device' ? [{ device: [] }] : []);
    const names = (place: string) =>
      operation.parameters.flatMap(each => (each.in === place ? each.name : [])).sort();
    expect(names('path')).toEqual(Object.keys(shape.params?.shape ?? {}).sort());
    expect(names('path')).toEqual([...shape.path.matchAll(/:([A-Za-z]+)/g)].map(match => match[1]).sort());
    expect(names('query')).toEqual(Object.keys(shape.query?.shape ?? {}).sort());
    expect(operation.requestBody !== undefined).toBe(shape.input !== undefined);
    if (shape.input instanceof z.ZodObject) {
      const body = resolved(operation.requestBody?.content['application/json']?.schema);
      expect(Object.keys(body['properties'] ?? {}).sort()).toEqual(Object.keys(shape.input.shape).sort());
    }
    const answer = resolved(
      operation.responses['200']?.content?.[shape.answerType ?? 'application/json']?.schema,
    );
    if (shape.output instanceof z.ZodObject)
      expect(Object.keys(answer['properties'] ?? {}).sort()).toEqual(Object.keys(shape.output.shape).sort());
    expect(codesOf(operation)).toEqual([...COMMON_REFUSALS[shape.proof], ...shape.refusals].sort());
  });

  test('has the routes that the server mounts, and no other', async () => {
    const { app, routes: mounted } = await fakeApp();
    await app.close();
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map(method => `${method.toUpperCase()} ${path}`),
    );
    // Fastify answers HEAD wherever there is a GET.
    const own = mounted
      .map(({ method, url }) => `${method} ${templatePath(url)}`)
      .filter(each => !each.startsWith('HEAD ') || described.includes(each));
    expect([...new Set(own)].sort()).toEqual(described.sort());
    expect(described).toHaveLength(routes.length + BYTE_ROUTES.length);
  });

  test('leaves no schema of the interface open, and no reference empty', () => {
    const text = JSON.stringify(whole);
    const open = Object.entries(document.components.schemas).filter(([, schema]) => {
      const properties = Object.values((schema['properties'] ?? {}) as Record<string, unknown>);
      return properties.some(property => JSON.stringify(property) === '{}');
    });
    expect(open.map(([name]) => name)).toEqual([]);
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(document.components.schemas).toHaveProperty([name]);
  });

  test('what a client may leave out is optional where it is sent and there where it is answered', () => {
    const { schemas } = document.components;
    expect(schemas['RequestInput']?.['required']).not.toContain('readOnly');
    expect(schemas['AccessRequest']?.['required']).toContain('readOnly');
    expect(schemas['AccessRequest']?.['additionalProperties']).toBeUndefined();
    expect(schemas['RequestInput']?.['additionalProperties']).toBe(false);
  });
});
