import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, onTestFinished, test } from 'vitest'
import { servePage } from './web.ts'

async function appWithBuild(files: Record<string, string>): Promise<FastifyInstance> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heaptrail-web-'))
  const app = Fastify()
  onTestFinished(async () => {
    await app.close()
    await rm(folder, { recursive: true })
  })
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), text)
  }
  await servePage(app, folder)
  return app
}

const BUILD = { 'index.html': '<title>Heaptrail</title>', 'assets/main-1a2b3c.js': 'start()', 'icon.svg': '<svg/>' }
const BROWSER = { accept: 'text/html,application/xhtml+xml' }

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
