/** Builds the page and serves it on a free port of this machine until it is ended; prints the address. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, preview } from 'vite'

const root = import.meta.dirname
const outDir = mkdtempSync(join(tmpdir(), 'heaptrail-browser-engine-'))
const removed = (): void => rmSync(outDir, { recursive: true, force: true })
process.on('exit', removed)
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => process.exit())
process.on('disconnect', () => process.exit())

const common = { root, configFile: false, logLevel: 'error' } as const
await build({ ...common, build: { target: 'es2023', outDir, emptyOutDir: true }, worker: { format: 'es' } })
const server = await preview({ ...common, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } })
console.log(server.resolvedUrls?.local[0])
