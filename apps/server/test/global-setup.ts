/** A database takes seconds to make and a moment to copy: all test servers begin with a copy of this one. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { testConfig } from './config.ts'
import { createLog } from '../src/log.ts'
import { startServer } from '../src/server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A data directory of a server that has stopped. */
    freshDataDirectory: string
  }
}

let folder: string | undefined

export async function setup(project: TestProject): Promise<void> {
  folder = await mkdtemp(path.join(tmpdir(), 'heaptrail-fresh-'))
  const config = testConfig(folder)
  const server = await startServer(config, createLog(config))
  await server.close()
  project.provide('freshDataDirectory', folder)
}

export async function teardown(): Promise<void> {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
}
