/** The API describes itself under `/api/docs`, as OpenAPI 3.1 and as a page. */
import { STATUS_CODES } from 'node:http'
import { ERRORS, ErrorBody } from '@heaptrail/api/errors'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { addExamples, type Operation } from './api-examples.ts'
import { VERSION } from './routes/health.ts'

const catalogue = Object.entries(ERRORS).map(([code, status]) => `| \`${code}\` | ${status} |`)

const DESCRIPTION = `Cases, their uploads and artifacts, heap dumps and JVM logs.

- Ids of cases, artifacts and uploads are unguessable texts; objects of a heap are named by their address in the dump.
- Every list takes \`offset\` and \`limit\` and returns \`total\`. Sizes are bytes.
- Each call has an example: a question to a real server and its answer, of whose lists two rows are shown.
- Requests must name this server in \`Host\`, and no page of another origin may send them.
- Every error has a stable code, and a sentence that says what was wrong and what to do; \`byte\` or \`line\` say where in a file.

| code | status |
|---|---|
${catalogue.join('\n')}`

const TAGS = [
  { name: 'server', description: 'The server itself' },
  { name: 'cases', description: 'Investigations: a title, uploads and artifacts' },
  { name: 'evidence of a case', description: 'What all its artifacts say together' },
  { name: 'uploads', description: 'Resumable uploads by the tus protocol 1.0.0 (https://tus.io)' },
  { name: 'artifacts', description: 'Pieces of evidence: a file, or an entry of an archive' },
  { name: 'events', description: 'What changes, as it changes' },
  { name: 'heap dumps', description: 'Questions to an analysed heap dump' },
  { name: 'jstat logs', description: 'Questions to a log of jstat' },
  { name: 'texts', description: 'Questions to class histograms and output of top, and what people say about texts' },
  { name: 'access', description: 'Giving the access key' },
  { name: 'views', description: 'Places that are too long for a URL' },
]

/** Before the routes: whatever is registered later is described. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  app.addHook('onRoute', ({ schema }) => {
    if (schema?.summary !== undefined) schema.response = describeAnswers(schema.response ?? {})
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Heaptrail', version: VERSION, description: DESCRIPTION },
      tags: TAGS,
    },
    transform: jsonSchemaTransform,
    transformObject(whole) {
      const document = jsonSchemaTransformObject(whole)
      addExamples((document.paths ?? {}) as Record<string, Record<string, Operation>>)
      return document
    },
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: false })
}

/** Any route may answer with an error, and all errors have one form. */
function describeAnswers(response: object): Record<string, unknown> {
  const described: Record<string, unknown> = { default: ErrorBody.describe('Any other error of the catalogue') }
  for (const [status, form] of Object.entries(response) as [string, unknown][]) {
    const isBare = form instanceof z.ZodType && form.description === undefined
    described[status] = isBare ? form.describe(STATUS_CODES[status] ?? status) : form
  }
  return described
}
