/** Each call of the API with a question and its answer, as a real server gave it: `test/examples/record.ts` writes them. */
import { ERRORS, type ErrorBody } from '@heaptrail/api/errors'
import { z } from 'zod'
import recorded from './api-examples.json' with { type: 'json' }

export const ApiExample = z.object({
  /** With the query. */
  path: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  status: z.number(),
  answerHeaders: z.record(z.string(), z.string()).optional(),
  /** Of the answer, when it has a body. */
  type: z.string().optional(),
  answer: z.unknown().optional(),
})
export type ApiExample = z.infer<typeof ApiExample>

/** Of the tus protocol. */
const HEADERS: Readonly<Record<string, string>> = {
  'tus-resumable': 'Version of the protocol.',
  'upload-length': 'Bytes that will come.',
  'upload-metadata': 'filename and caseId, each with its value in Base64, with a comma between.',
  'upload-offset': 'Bytes that have arrived before.',
}

/** By method and path: `get /api/cases/{caseId}`. */
const EXAMPLES = z.record(z.string(), ApiExample).parse(recorded)

type Media = Record<string, { schema?: unknown; example?: unknown }>
interface Parameter {
  name: string
  in: string
  description?: string | undefined
  required?: boolean
  schema?: { type?: unknown }
  example?: unknown
}
export interface Operation {
  parameters?: Parameter[]
  requestBody?: { content: Media }
  responses?: Record<string, { description?: string; headers?: object; content?: Media }>
}

/** Writes the examples into the operations of an OpenAPI document. */
export function addExamples(paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>): void {
  for (const [route, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const example = EXAMPLES[`${method} ${route}`]
      if (example !== undefined) addExample(route, operation, example)
      addErrors(operation)
    }
  }
}

function addExample(route: string, operation: Operation, example: ApiExample): void {
  const [path = '', query = ''] = example.path.split('?')
  const names = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  const values =
    new RegExp(`^${route.replaceAll('.', '\\.').replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path)?.slice(1) ?? []
  const asked = new URLSearchParams(query)
  for (const parameter of operation.parameters ?? []) {
    const value =
      parameter.in === 'path'
        ? decodeURIComponent(values[names.indexOf(parameter.name)] ?? '')
        : asked.get(parameter.name)
    if (value !== null) parameter.example = typed(value, parameter.schema)
  }
  for (const [name, value] of Object.entries(example.headers ?? {})) {
    if (name === 'content-type') continue
    operation.parameters ??= []
    operation.parameters.push({
      name,
      in: 'header',
      description: HEADERS[name],
      required: true,
      schema: { type: 'string' },
      example: value,
    })
  }
  const bytes = example.headers?.['content-type']
  if (bytes !== undefined)
    operation.requestBody = { content: { [bytes]: { schema: { type: 'string', format: 'binary' } } } }
  for (const media of Object.values(operation.requestBody?.content ?? {}))
    if (example.body !== undefined) media.example = example.body
  addAnswer(operation, example)
}

/** A text of an address, as its schema has it. */
function typed(value: string, schema: { readonly type?: unknown } = {}): string | number {
  return schema.type === 'number' || schema.type === 'integer' ? Number(value) : value
}

function addAnswer({ responses = {} }: Operation, { status, answerHeaders, type, answer }: ApiExample): void {
  const response = responses[status]
  if (response === undefined) return
  if (answerHeaders !== undefined) {
    const headers = Object.entries(answerHeaders).map(([name, value]) => [
      name,
      { schema: { type: 'string' }, example: value },
    ])
    response.headers = Object.fromEntries(headers) as object
  }
  if (type === undefined) return
  const [form] = Object.values(response.content ?? {})
  response.content = {
    [type]: { schema: type === 'application/json' ? form?.schema : { type: 'string' }, example: answer },
  }
}

/** An error of each status that a call names; their form is always the same. */
const ERROR_EXAMPLES: readonly ErrorBody[] = [
  {
    code: 'bad-request',
    message: 'The request cannot be understood: the option "limit": Too big: expected number to be <=1000.',
  },
  { code: 'key-needed', message: 'This server asks for its access key. Open its page and give the key there.' },
  {
    code: 'artifact-not-found',
    message: 'There is no artifact with this id: it was deleted, or the link is incomplete.',
  },
  { code: 'not-ready', message: 'The analysis of this artifact is not finished.' },
  { code: 'gone', message: 'The file of this artifact is not kept here any more; what was analysed of it stays.' },
  { code: 'unreadable-input', message: 'There is no such file, or the server may not read it.' },
  { code: 'too-many-attempts', message: 'Wrong keys were given too often. Wait a minute and try again.' },
  { code: 'overloaded', message: 'Too many questions wait at this server. Wait a moment and try again.' },
]

function addErrors({ responses = {} }: Operation): void {
  for (const [status, { content }] of Object.entries(responses)) {
    const example = ERROR_EXAMPLES.find(({ code }) => String(ERRORS[code]) === status || status === 'default')
    if (example === undefined) continue
    for (const media of Object.values(content ?? {})) media.example = example
  }
}
