/** What the browser sends of an upload, and how to make it slow or break it off. */
import { type Page, expect } from '@playwright/test'

/** Bytes a second: the demo's dump takes longer than a busy machine needs to close a page. */
const SPEED = 400_000

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

/** From now on the page sends as over a slow line. */
export async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: SPEED,
  })
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
