import { z } from 'zod'
import type { SiteAtAddress } from '#domain/site-address.ts'
import { DOORS, type Door } from '#http/doors.ts'
import { PROBLEMS, type ProblemCode } from '#http/problems.ts'
import { type ApiDoor, EVERYWHERE, type Operation, OPERATIONS, SHAPES, type ShapeName } from './operations.ts'

type Json = Record<string, unknown>
const ROOT = '/api/v1'

/** The API in the words of OpenAPI 3.1, made from the doors, the shapes and the problems, so that it cannot say anything else. */
export function openApi({ address, name: site }: Pick<SiteAtAddress, 'address' | 'name'>): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Countersign',
      version: '1',
      description:
        'Sign-in with a second factor under a policy. Errors are problem details (RFC 9457); programs switch on their code.',
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: `${address}${ROOT}` }],
    tags: ['Login', 'Session', 'Administration', 'Documentation'].map((name) => ({ name })),
    paths: paths(),
    components: {
      schemas: { ...namedShapes(), Problem: problemShape() },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A session token (st_…) or an API key (cs_live_…).' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: `__Host-cs-${site}-session`,
          description: 'The session of a browser. Changes also need X-Countersign: 1 and a page of this server.',
        },
        pending: { type: 'http', scheme: 'bearer', description: 'The token of a pending login (pt_…).' },
      },
    },
  }
}

export function apiDoors(): readonly (Door & { readonly name: ApiDoor })[] {
  return DOORS.filter((door): door is (typeof DOORS)[number] & { name: ApiDoor } => door.name.startsWith('api.'))
}

/** The problems of one operation, in the order of their statuses. */
export function problemsOf(operation: Operation): readonly ProblemCode[] {
  return [...new Set([...operation.problems, ...EVERYWHERE])].toSorted(
    (a, b) => PROBLEMS[a].status - PROBLEMS[b].status,
  )
}

function paths(): Json {
  const found: Record<string, Json> = {}
  for (const door of apiDoors()) {
    const path = door.path.slice(ROOT.length).replaceAll(/:(\w+)/g, '{$1}')
    found[path] = { ...found[path], [door.method.toLowerCase()]: operationOf(door, OPERATIONS[door.name]) }
  }
  return found
}

function operationOf(door: Door, operation: Operation): Json {
  const { id, summary, group, body, file, query, versioned, repeatable } = operation
  const parameters = [
    ...[...door.path.matchAll(/:(\w+)/g)].map(([, name]) => inPath(name ?? '')),
    ...(query ? parametersOf(query) : []),
    ...(versioned ? [{ name: 'If-Match', in: 'header', description: IF_MATCH, schema: { type: 'string' } }] : []),
    ...(repeatable ? [{ name: 'Idempotency-Key', in: 'header', description: KEY, schema: { type: 'string' } }] : []),
  ]
  return {
    operationId: id,
    summary,
    ...(typeof door.who === 'object' ? { description: `Needs the right \`${door.who.right}\`.` } : {}),
    tags: [group],
    security: securityOf(door),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? {
          requestBody: {
            required: body.optional !== true,
            content: { 'application/json': { schema: ref(body.shape) } },
          },
        }
      : {}),
    ...(file === undefined
      ? {}
      : { requestBody: { required: true, content: { [file]: { schema: { type: 'string' } } } } }),
    responses: { ...answersOf(operation), ...refusalsOf(operation) },
  }
}

const IF_MATCH = 'The ETag of what is to be changed: where that has changed since, nothing is done.'
const KEY =
  'Of your choice, up to 255 characters: sent again with it within 24 hours, the request is done once and answered as before.'

function securityOf({ who }: Door): readonly Json[] {
  if (who === 'anyone') return []
  return who === 'pending' ? [{ pending: [] }] : [{ bearer: [] }, { cookie: [] }]
}

function inPath(name: string): Json {
  return { name, in: 'path', required: true, schema: { type: 'string' } }
}

function parametersOf(query: z.ZodObject): readonly Json[] {
  const { properties = {} } = z.toJSONSchema(query, { io: 'input' }) as { properties?: Record<string, Json> }
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(description ? { description } : {}),
    schema,
  }))
}

function answersOf({ answers }: Operation): Json {
  const entries = Object.entries(answers).map(([status, { says, shapes }]) => {
    const [only, ...more] = shapes
    if (only === undefined) return [status, { description: says }] as const
    const schema = more.length === 0 ? ref(only) : { oneOf: shapes.map(ref) }
    return [status, { description: says, content: { 'application/json': { schema } } }] as const
  })
  return Object.fromEntries(entries)
}

/** One response for each status; its codes and what they mean stand in the description. */
function refusalsOf(operation: Operation): Json {
  const byStatus = Map.groupBy(problemsOf(operation), (code) => PROBLEMS[code].status)
  const entries = [...byStatus].map(([status, codes]) => [
    String(status),
    {
      description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].says}`).join('\n\n'),
      content: {
        'application/problem+json': {
          schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }] },
          examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
        },
      },
    },
  ])
  return Object.fromEntries(entries)
}

function problemShape(): Json {
  const codes = Object.keys(PROBLEMS) as ProblemCode[]
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'code'],
    properties: {
      type: { type: 'string', description: 'urn:countersign:problem: and the code.' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      instance: { type: 'string', description: 'The request id; the server has it in its log.' },
      code: {
        oneOf: codes.map((code) => ({ const: code, title: PROBLEMS[code].title, description: PROBLEMS[code].says })),
      },
      retry_at: {
        type: ['string', 'null'],
        format: 'date-time',
        description: 'When to try again; null: not by itself.',
      },
      errors: {
        type: 'array',
        items: { type: 'object', properties: { pointer: { type: 'string' }, detail: { type: 'string' } } },
      },
    },
  }
}

function exampleOf(code: ProblemCode): Json {
  const { status, title, says } = PROBLEMS[code]
  return { type: `urn:countersign:problem:${code}`, title, status, detail: says, code }
}

function namedShapes(): Json {
  const registry = z.registry<{ id: string }>()
  for (const [id, shape] of Object.entries(SHAPES)) registry.add(shape as z.ZodType, { id })
  const { schemas } = z.toJSONSchema(registry, {
    uri: (id) => `#/components/schemas/${id}`,
    io: 'input',
    unrepresentable: 'any',
  })
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $id: _id, $schema: _schema, ...schema }]) => [id, schema]),
  )
}

function ref(shape: ShapeName): Json {
  return { $ref: `#/components/schemas/${shape}` }
}
