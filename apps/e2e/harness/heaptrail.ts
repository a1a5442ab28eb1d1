/** The test function of every spec: a running server, a folder for files, and pages that must not throw. */
import { type BrowserContext, expect, test as base } from '@playwright/test'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type DemoCase, openDemoCase } from './demo-case.ts'
import { Folder } from './files.ts'
import { ServerProcess } from './server-process.ts'

interface ForWorker {
  readonly folder: Folder
  readonly server: ServerProcess
  /** The demo case, analysed. Specs may look at it, not change it. */
  readonly demo: DemoCase
  /** Set by a spec that needs a server on which no other spec has left cases: what differs here gets a worker of its own. */
  readonly isAlone: boolean
}

export const test = base.extend<object, ForWorker>({
  folder: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the needs of a fixture from this pattern
    async ({}, use) => {
      const folder = await Folder.create()
      await use(folder)
      await folder.remove()
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ folder }, use) => {
      const server = new ServerProcess(path.join(folder.path, 'data'))
      await server.start()
      await use(server)
      await server.remove()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  demo: [async ({ server }, use) => use(await openDemoCase(server.url)), { scope: 'worker', timeout: 90_000 }],
  isAlone: [false, { scope: 'worker', option: true }],
  baseURL: async ({ server }, use) => use(server.url),
  locale: 'en-US',
  timezoneId: 'UTC',
  permissions: ['clipboard-read', 'clipboard-write'],
  context: async ({ context }, use) => {
    const faults = watchForFaults(context)
    await use(context)
    expect(faults, 'uncaught exceptions and breaches of the content security policy').toEqual([])
  },
})

/** What goes wrong in the pages of a context without being seen on them; the list grows. */
export function watchForFaults(context: BrowserContext): readonly string[] {
  const faults: string[] = []
  context.on('weberror', (fault) => faults.push(fault.error().stack ?? fault.error().message))
  context.on('console', (message) => {
    const text = message.text()
    if (message.type() === 'error' && /Content Security Policy|Uncaught|Warning:/.test(text)) faults.push(text)
  })
  return faults
}

test.beforeEach(async ({ server }, info) => {
  info.annotations.push({ type: 'server', description: server.url })
})

test.afterEach(async ({ server }, info) => {
  if (info.status !== info.expectedStatus) await info.attach('server.txt', { body: server.output })
})

export { expect, rm }
