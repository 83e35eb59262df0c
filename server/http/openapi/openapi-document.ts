import { z } from 'zod';
import type { ErrorCode } from '../../../contract/errors.ts';
import type { RouteShape } from '../../../contract/routes/route.ts';
import { COMMON_REFUSALS } from '../../../contract/routes/route.ts';
import { Problem } from '../../../contract/server-api.ts';
import { SERVER_ROUTES } from '../../../contract/server-routes.ts';
import { PROBLEM_STATUS, PROBLEM_TYPE } from '../problem.ts';
import { BYTE_ROUTES } from './byte-routes.ts';
import type { Components, JsonSchema } from './components.ts';
import { createComponents } from './components.ts';

export interface OpenApiDocument extends Readonly<Record<string, unknown>> {
  readonly openapi: '3.1.0';
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
}

/** The server's interface as OpenAPI 3.1, made of the same schemas that check what comes in and goes out. */
export function openApiDocument(version: string): OpenApiDocument {
  const components = createComponents();
  const paths: Record<string, Record<string, JsonSchema>> = {};
  const put = (path: string, method: string, operation: JsonSchema) => {
    (paths[path] ??= {})[method] = operation;
  };
  for (const [name, shape] of Object.entries<RouteShape>(SERVER_ROUTES))
    put(templatePath(shape.path), shape.method.toLowerCase(), operation(name, shape, components));
  for (const { name, method, path, about, refusals, answers, ...parts } of BYTE_ROUTES)
    put(path, method, {
      operationId: name,
      summary: about,
      security: [{ device: [] }],
      ...parts,
      responses: { ...answers, ...problems([...COMMON_REFUSALS.device, ...refusals], components) },
    });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sallyport server',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Grants, approvals, revocations, ciphertext of recordings, and the audit log. Times are milliseconds since the epoch in server time unless a name says otherwise. Every error is a problem (RFC 9457) whose `code` keeps its meaning for ever and whose `detail` is for a person; `instance` names the trace to look for in the log of the server.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: components.schemas(),
      securitySchemes: {
        device: {
          type: 'http',
          scheme: 'Sallyport',
          description:
            'Proof of possession for one request, after DPoP (RFC 9449): compact JWS, EdDSA by the device key, typ sallyport-proof+jwt, claims sub (device), aud, htm, htp (path with query), jti, iat. Each is good once.',
        },
      },
    },
  };
}

function operation(name: string, shape: RouteShape, components: Components): JsonSchema {
  const { about, proof, params, query, input, output } = shape;
  return {
    operationId: name,
    summary: about,
    security: proof === 'device' ? [{ device: [] }] : [],
    parameters: [...parameters('path', params), ...parameters('query', query)],
    ...(input === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: components.sent(input, title(name)) } },
          },
        }),
    responses: {
      '200': {
        description: 'it is done',
        content: {
          [shape.answerType ?? 'application/json']: {
            schema: components.answered(output, `${title(name)}Answer`),
          },
        },
      },
      ...problems([...COMMON_REFUSALS[proof], ...shape.refusals], components),
    },
  };
}

function parameters(place: 'path' | 'query', schema: z.ZodObject | undefined): JsonSchema[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

/** Problems by status, each with the codes that it may carry. */
function problems(codes: readonly ErrorCode[], components: Components): Readonly<Record<string, JsonSchema>> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) {
    const status = PROBLEM_STATUS[code] ?? 500;
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      String(status),
      {
        description: list.map(code => code.replaceAll('-', ' ')).join(', or '),
        content: {
          [PROBLEM_TYPE]: {
            schema: {
              allOf: [components.answered(Problem, 'Problem'), { properties: { code: { enum: list } } }],
            },
          },
        },
      },
    ]),
  );
}

/** `/v1/requests/:id` as OpenAPI writes it. */
export function templatePath(path: string): string {
  return path.replace(/:([A-Za-z]+)/g, '{$1}');
}

function title(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
