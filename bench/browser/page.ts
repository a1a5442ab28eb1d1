/** A page with nothing on it but a file to choose and what came of it, as JSON. */
import type { Reply } from './messages.ts'

const input = document.querySelector<HTMLInputElement>('#dump')
const result = document.querySelector<HTMLPreElement>('#result')
if (input === null || result === null) throw new Error('the page lacks its elements')

input.addEventListener('change', () => {
  const file = input.files?.[0]
  if (file === undefined) return
  result.textContent = ''
  result.ariaBusy = 'true'
  const worker = new Worker(new URL('analysis-worker.ts', import.meta.url), { type: 'module' })
  const end = (reply: Reply): void => {
    result.textContent = JSON.stringify(reply, undefined, 2)
    result.ariaBusy = 'false'
    worker.terminate()
  }
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => end(data))
  worker.addEventListener('error', ({ message }) => end({ kind: 'failed', message }))
  worker.postMessage(file)
})
