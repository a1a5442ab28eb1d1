import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, onTestFinished, test } from 'vitest'
import { servePage } from './web.ts'

async function appWithBuild(files: Record<string, string | Uint8Array>): Promise<FastifyInstance> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heaptrail-web-'))
  const app = Fastify()
  onTestFinished(async () => {
    await app.close()
    await rm(folder, { recursive: true })
  })
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), content)
  }
  await servePage(app, folder)
  return app
}

const BUILD = { 'index.html': '<title>Heaptrail</title>', 'assets/main-1a2b3c.js': 'start()', 'icon.svg': '<svg/>' }
const BROWSER = { accept: 'text/html,application/xhtml+xml' }

const FOR_EVER = 'public, max-age=31536000, immutable'

/** @param accepted encodings; what comes in one of them is decoded */
async function answerTo(url: string, accepted: string): Promise<{ status: number; headers: Headers; text: string }> {
  const answer = await fetch(url, { headers: { 'accept-encoding': accepted } })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

describe('the page', () => {
  test('is there under every path that is a place, and never kept by the browser', async () => {
    const app = await appWithBuild(BUILD)
    for (const url of [
      '/',
      '/cases/AAAAAAAAAAAAAAAAAAAAAA',
      '/cases/AAAAAAAAAAAAAAAAAAAAAA/heap/x/objects/0x1?tab=incoming',
    ]) {
      const { statusCode, body, headers } = await app.inject({ url, headers: BROWSER })
      expect([statusCode, body, headers['cache-control']]).toEqual([200, BUILD['index.html'], 'no-store'])
    }
  })

  test('keeps hashed assets for ever and asks again for the others', async () => {
    const app = await appWithBuild(BUILD)
    expect((await app.inject('/assets/main-1a2b3c.js')).headers['cache-control']).toContain('immutable')
    expect((await app.inject('/icon.svg')).headers['cache-control']).toBe('no-cache')
  })

  test('sends its assets compressed to who takes that, over HTTP, and as they are to others', async () => {
    const [script, name] = ['start()', 'assets/main-1a2b3c.js']
    const app = await appWithBuild({
      ...BUILD,
      [`${name}.br`]: brotliCompressSync(script),
      [`${name}.gz`]: gzipSync(script),
      'assets/tiny-4d5e6f.css': 'a{}',
    })
    const address = await app.listen({ port: 0 })
    async function ask(file: string, accepted: string): Promise<[encoding: string | null, content: string]> {
      const { status, headers, text } = await answerTo(`${address}/${file}`, accepted)
      expect([status, headers.get('vary'), headers.get('cache-control')]).toEqual([200, 'accept-encoding', FOR_EVER])
      expect(headers.get('content-type')).toMatch(/^(application|text)\/(javascript|css); charset=utf-8$/)
      return [headers.get('content-encoding'), text]
    }
    expect(await ask(name, 'gzip, deflate, br, zstd')).toEqual(['br', script])
    expect(await ask(name, 'gzip, deflate')).toEqual(['gzip', script])
    expect(await ask(name, 'identity')).toEqual([null, script])
    expect(await ask(name, 'br;q=0, gzip;q=0')).toEqual([null, script])
    expect(await ask('assets/tiny-4d5e6f.css', 'gzip, br')).toEqual([null, 'a{}'])
  })

  test('also shows a person a path that is none; a program gets an error', async () => {
    const app = await appWithBuild(BUILD)
    const person = await app.inject({ url: '/cases', headers: BROWSER })
    expect([person.statusCode, person.body]).toEqual([404, BUILD['index.html']])
    const program = await app.inject('/assets/main-old.js')
    expect([program.statusCode, program.json()]).toMatchObject([404, { code: 'not-found' }])
    const api = await app.inject({ url: '/api/nothing', headers: BROWSER })
    expect([api.statusCode, api.json()]).toMatchObject([404, { code: 'not-found' }])
  })

  test('serves nothing beside its folder', async () => {
    const app = await appWithBuild(BUILD)
    for (const url of ['/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json']) {
      expect((await app.inject(url)).statusCode).toBeGreaterThanOrEqual(400)
    }
  })

  test('that was not built says how to build it', async () => {
    const app = await appWithBuild({})
    const { statusCode, body } = await app.inject({ url: '/', headers: BROWSER })
    expect(statusCode).toBe(503)
    expect(body).toContain('npm run build')
  })
})
