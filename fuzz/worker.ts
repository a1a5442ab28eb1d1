/** The process that does the work; the one that started it notices when it hangs or dies. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { checkInput } from './check.ts'
import { openCorpus } from './corpus.ts'
import { Inputs } from './inputs.ts'
import type { Batch, Counts, Reply } from './messages.ts'

/** @param folder for the miniatures and a scratch file. */
export function work(folder: string, seed: number): void {
  const inputs = new Inputs(openCorpus(folder), seed)
  const scratch = join(folder, `input-${process.pid}`)
  process.on('message', (batch: Batch) => void run(batch, inputs, scratch))
  process.on('disconnect', () => {
    rmSync(scratch, { force: true })
    process.exit()
  })
}

async function run({ from, count, careful }: Batch, inputs: Inputs, scratch: string): Promise<void> {
  const counts: Counts = {}
  for (let number = from; number < from + count; number++) {
    if (careful) await tell({ kind: 'begins', number })
    const input = inputs.make(number)
    const { target, base, bytes } = input
    let outcome: string
    try {
      outcome = await checkInput(input, scratch)
    } catch (error) {
      outcome = 'finding'
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
      await tell({ kind: 'finding', finding: { number, target, base, message, bytes } })
    }
    const key = `${target} ${outcome}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  await tell({ kind: 'done', counts, memory: process.memoryUsage.rss() })
}

function tell(reply: Reply): Promise<void> {
  return new Promise((resolve) => process.send?.(reply, () => resolve()))
}
