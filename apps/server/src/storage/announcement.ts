/** Tells programs of the same user how to reach the server that owns the data directory, and what to show it. */
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { writeDurably } from './secrets.ts'

export interface Announcement {
  readonly url: string
  readonly secret: string
  readonly pid: number
}

/** In a file that only its owner can read. @returns how to take it back */
export async function announce(root: string, announcement: Announcement): Promise<() => Promise<void>> {
  const file = path.join(root, 'server.json')
  await writeDurably(file, JSON.stringify(announcement))
  return () => rm(file, { force: true })
}
