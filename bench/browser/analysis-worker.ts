/** The worker of the page: gets a file, answers once. */
import { analyse } from './analyse.ts'
import { fileSource } from './file-blocks.ts'
import type { Reply } from './messages.ts'

addEventListener('message', ({ data }: MessageEvent<File>) => void answer(data))

async function answer(file: File): Promise<void> {
  postMessage(
    await analyse(fileSource(file)).then(
      (outcome): Reply => ({ kind: 'done', outcome }),
      (reason: unknown): Reply => ({ kind: 'failed', message: String(reason) }),
    ),
  )
}
