/** `open FILE`: the running server reads the file where it lies; the browser shows its case. */
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ErrorBody } from '@heaptrail/api/errors'
import { OpenedFile } from '@heaptrail/api/local-files'
import { printPlace } from '@heaptrail/api/place'
import { ROUTES } from '@heaptrail/api/routes'
import type { CommandContext } from './analyze.ts'
import type { Command } from './arguments.ts'
import { dataDirectory, hasDisplay } from './env.ts'
import { InputFault } from './input-fault.ts'

interface Announcement {
  readonly url: string
  readonly secret: string
}

/** @throws InputFault when no server runs, or the file cannot be read */
export async function openCommand(
  { file, browser }: Extract<Command, { kind: 'open' }>,
  { folder }: CommandContext,
): Promise<void> {
  const server = await runningServer()
  const answer = await fetch(server.url + ROUTES.open, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ path: resolve(folder, file) }),
  }).catch(() => {
    throw noServer()
  })
  const body: unknown = await answer.json()
  if (!answer.ok) throw new InputFault(ErrorBody.parse(body).message)
  const link = server.url + printPlace({ kind: 'case', caseId: OpenedFile.parse(body).caseId })
  process.stdout.write(`${link}\n`)
  if (browser && hasDisplay()) showInBrowser(link)
}

/** What the server wrote into its data directory, which only its user can read. */
async function runningServer(): Promise<Announcement> {
  try {
    return JSON.parse(await readFile(resolve(dataDirectory(), 'server.json'), 'utf8')) as Announcement
  } catch {
    throw noServer()
  }
}

function noServer(): InputFault {
  return new InputFault(
    `No Heaptrail server runs on the data directory ${dataDirectory()}. Start one in another terminal with "npm start", or set HEAPTRAIL_DATA_DIR to the directory of the one that runs.`,
  )
}

const OPENERS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer' }

/** Where that does not work, the printed link does. */
function showInBrowser(link: string): void {
  const child = spawn(OPENERS[process.platform] ?? 'xdg-open', [link], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
