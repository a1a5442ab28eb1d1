/** What an upload is compared with: a route that only pipes its request into a file and syncs that. Argument: the file. */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import Fastify from 'fastify'

const file = process.argv[2] ?? ''
const app = Fastify({ bodyLimit: Number.MAX_SAFE_INTEGER })
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', (_request, _payload, done) => done(null))
app.put('/', async (request, reply) => {
  await pipeline(request.raw, createWriteStream(file, { flush: true }))
  return reply.code(204).send()
})
console.log(`Heaptrail is ready: ${await app.listen({ host: '127.0.0.1', port: 0 })}`)
