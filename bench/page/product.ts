/** A dump in the real server: taken in, analysed, ready for what looks at its page. */
import { basename, dirname, resolve } from 'node:path'
import { type BenchServer, startServer } from '../load/server.ts'

const LOOK_EVERY_MS = 500
/** More than the largest dumps take. */
const PATIENCE_MS = 10 * 60_000

export interface Product {
  readonly url: string
  /** Path of the case, and of the place of its dump: `/cases/…`, `/cases/…/heap/…`. */
  readonly ofCase: string
  readonly heap: string
  /** Ends the server and takes its data away. */
  end(): Promise<void>
}

interface CaseAnswer {
  readonly artifacts: readonly { readonly id: string; readonly state: { readonly status: string } }[]
}

/** Reads the dump in place. @throws when it cannot be analysed */
export async function startProduct(dump: string): Promise<Product> {
  const server = await startServer(undefined, [], { HEAPTRAIL_IMPORT_DIR: dirname(resolve(dump)) })
  try {
    return { url: server.url, ...(await analysed(server, basename(dump))), end: () => server.end() }
  } catch (error) {
    await server.end()
    throw error
  }
}

async function analysed({ url }: BenchServer, path: string): Promise<{ ofCase: string; heap: string }> {
  const headers = { 'content-type': 'application/json' }
  const opened = await fetch(`${url}/api/open`, { method: 'POST', headers, body: JSON.stringify({ path }) })
  const { caseId } = (await opened.json()) as { caseId?: string }
  if (caseId === undefined) throw new Error(`The server does not open ${path} (HTTP ${opened.status}).`)
  const ofCase = `/cases/${caseId}`
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const { artifacts } = (await (await fetch(`${url}/api${ofCase}`)).json()) as CaseAnswer
    const [dump] = artifacts
    if (dump?.state.status === 'ready') return { ofCase, heap: `${ofCase}/heap/${dump.id}` }
    if (dump?.state.status === 'failed') throw new Error(`${path} could not be analysed.`)
    await new Promise((after) => setTimeout(after, LOOK_EVERY_MS))
  }
  throw new Error(`${path} was not analysed within ${PATIENCE_MS / 60_000} minutes.`)
}
