import { ROUTES } from '@heaptrail/api/routes'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { request, sharedTestServer } from './running-server.ts'

const shared = sharedTestServer()

const Document = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
const Operation = z.looseObject({
  summary: z.string().default(''),
  responses: z.record(z.string(), z.looseObject({ description: z.string() })),
  parameters: z.array(z.looseObject({ name: z.string(), description: z.string().default('') })).default([]),
})

test('the API describes itself as valid OpenAPI 3.1, every route of the contract included', async () => {
  const document = Document.parse(await (await request(shared.url, '/api/docs/json')).json())
  expect(document.openapi).toMatch(/^3\.1\./)
  const { valid, errors } = await new Validator().validate(document)
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
  const documented = Object.keys(document.paths)
  const contract = Object.values(ROUTES).map((path) => path.replace(/:([A-Za-z]+)/g, '{$1}'))
  expect(contract.filter((path) => !documented.includes(path))).toEqual([])
})

test('what is asked and what is answered is described', async () => {
  const { paths } = Document.parse(await (await request(shared.url, '/api/docs/json')).json())
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method} ${path}`,
      ...Operation.parse(operation),
    })),
  )
  expect(operations.filter(({ summary }) => summary === '')).toEqual([])
  const answers = operations.flatMap(({ name, responses }) =>
    Object.entries(responses).map(([status, { description }]) => `${name} ${status}: ${description}`),
  )
  expect(answers.filter((text) => text.endsWith(': Default Response'))).toEqual([])
  const asked = operations.flatMap(({ name, parameters }) =>
    parameters.map((parameter) => `${name} ${parameter.name}: ${parameter.description}`),
  )
  expect(asked.filter((text) => text.endsWith(': '))).toEqual([])
})

const Media = z.record(z.string(), z.looseObject({ schema: z.unknown().optional(), example: z.unknown().optional() }))
const WithExamples = z.looseObject({
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.string(),
        schema: z.unknown().optional(),
        example: z.unknown().optional(),
      }),
    )
    .default([]),
  requestBody: z.looseObject({ content: Media }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: Media.optional() })),
})

test('every call has an example of what is asked and what is answered, which fits what it says of itself', async () => {
  const { paths } = Document.parse(await (await request(shared.url, '/api/docs/json')).json())
  const faults: string[] = []
  const check = (where: string, schema: unknown, example: unknown) => {
    // Patterns of JSON Schema are Unicode ones, which those that come of it here are not.
    const text = JSON.stringify(schema).replaceAll('\\\\P{Cc}', '[^\\\\u0000-\\\\u001f\\\\u007f-\\\\u009f]')
    const read = z.fromJSONSchema(JSON.parse(text) as z.core.JSONSchema.JSONSchema).safeParse(example)
    if (example === undefined) faults.push(`${where}: no example`)
    else if (!read.success) faults.push(`${where}: ${z.prettifyError(read.error)}`)
  }
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, whole] of Object.entries(methods)) {
      const name = `${method} ${path}`
      const { parameters, requestBody, responses } = WithExamples.parse(whole)
      for (const parameter of parameters.filter((one) => one.in === 'path' || one.example !== undefined))
        check(`${name} ${parameter.name}`, parameter.schema, parameter.example)
      for (const [type, { schema, example }] of Object.entries(requestBody?.content ?? {}))
        if (type === 'application/json') check(`${name}: what is sent`, schema, example)
      for (const [status, { content = {} }] of Object.entries(responses))
        for (const { schema, example } of Object.values(content)) check(`${name} ${status}`, schema, example)
    }
  }
  expect(
    faults,
    'run "npm run examples -w apps/server"; what a call needs is listed in test/examples/requests.ts',
  ).toEqual([])
})

test('its page loads nothing from elsewhere and is allowed what it needs', async () => {
  const page = await request(shared.url, '/api/docs/')
  const html = await page.text()
  expect(page.status).toBe(200)
  expect(html).not.toMatch(/(?:src|href)="https?:/)
  // Our policy allows no inline script.
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/)
})
