/** Waiting for a state, never for a time. */
import { readdir } from 'node:fs/promises'

/** Looks again and again until something is there. */
export async function waitFor<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** What is told before its files are gone: waits until nothing lies in the folder. */
export async function emptied(folder: string): Promise<void> {
  await waitFor(async () => ((await readdir(folder)).length === 0 ? true : undefined))
}
