/** What the browser sends of an upload, and how to break it off. */
import { type Page, expect } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { request } from 'node:http'

export interface SentPart {
  /** The byte of the file at which this request begins. */
  readonly offset: number
}

/** The requests that carry bytes of files; the list grows. */
export function watchUploads(page: Page): readonly SentPart[] {
  const parts: SentPart[] = []
  page.on('request', (request) => {
    if (request.method() !== 'PATCH') return
    parts.push({ offset: Number(request.headers()['upload-offset']) })
  })
  return parts
}

/**
 * From now on this page's line is broken: half of the file that it sends arrives, the rest and all further attempts
 * do not. (A line that is only slow would not do: when a page closes, Chromium sends what is left at once.)
 * @returns mends the line
 */
export async function breakLine(page: Page, file: string): Promise<() => void> {
  const bytes = await readFile(file)
  let broken = true
  let half: Promise<void> | undefined
  await page.route('**/api/uploads/*', async (route) => {
    if (!broken || route.request().method() !== 'PATCH') return route.continue()
    half ??= sendHalf(page, route.request().url(), bytes)
    await half
    // The page may have been closed meanwhile.
    await route.abort('connectionreset').catch(() => undefined)
  })
  return () => {
    broken = false
  }
}

async function sendHalf(page: Page, url: string, bytes: Buffer): Promise<void> {
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-offset': 0,
    'content-type': 'application/offset+octet-stream',
    'content-length': bytes.length,
  }
  const sending = request(url, { method: 'PATCH', headers })
  const closed = new Promise((resolve) => sending.once('close', resolve))
  // The server may be killed meanwhile.
  sending.on('error', () => undefined)
  sending.write(bytes.subarray(0, bytes.length / 2))
  await partlyReceived(page)
  sending.destroy()
  await closed
}

/** Waits until the server holds a part of the only upload of this case. @returns bytes */
export async function partlyReceived(page: Page): Promise<number> {
  let received = 0
  await expect(async () => {
    const response = await page.request.get(caseUrl(page))
    const { uploads } = (await response.json()) as {
      uploads: { state: { status: string; receivedBytes?: number } }[]
    }
    expect(uploads[0]?.state.status).toBe('uploading')
    received = uploads[0]?.state.receivedBytes ?? 0
    expect(received).toBeGreaterThan(100_000)
  }).toPass({ intervals: [50] })
  return received
}

/** The API's address of the case on the screen. */
export function caseUrl(page: Page): string {
  const [, caseId = ''] = /\/cases\/([\w-]+)/.exec(page.url()) ?? []
  return `/api/cases/${caseId}`
}
