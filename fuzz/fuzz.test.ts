/** A few inputs of every kind, always the same: what `npm run fuzz` does for hours. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkInput } from './check.ts'
import { type Corpus, type Named, openCorpus } from './corpus.ts'
import { Inputs, type Target } from './inputs.ts'

const INPUTS = 250
const folder = mkdtempSync(join(tmpdir(), 'heaptrail-fuzz-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Further fixtures do not change the inputs. */
function fixedCorpus(): Corpus {
  const { dumps, archives, texts, realDumps } = openCorpus(undefined)
  const named = (all: readonly Named[], pattern: RegExp): Named[] => all.filter(({ name }) => pattern.test(name))
  return {
    dumps: named(dumps, /^ok-/),
    archives: named(archives, /^(gz-two-members|tar-bundle|tar-traversal|zip-nested|zip-stored|zst-ok)/),
    texts: named(texts, /^(leaky-17-t|option-gccause|story-jmap-histo|top-threads)/),
    realDumps: realDumps.filter((path) => path.includes('known-17-all')),
  }
}

test(
  'changed dumps, archives and logs: a result, a partial result or a typed error',
  { timeout: 120_000 },
  async () => {
    const inputs = new Inputs(fixedCorpus(), 1)
    const outcomes = new Map<Target, Set<string>>()
    for (let number = 0; number < INPUTS; number++) {
      const input = inputs.make(number)
      const outcome = await checkInput(input, join(folder, 'input')).catch((error: unknown) => {
        throw new Error(`input ${number}, made of ${input.base}`, { cause: error })
      })
      const seen = outcomes.get(input.target) ?? new Set()
      outcomes.set(input.target, seen.add(outcome))
    }
    expect([...(outcomes.get('dump') ?? [])]).toEqual(expect.arrayContaining(['refused', 'partial', 'checked']))
    expect([...(outcomes.get('archive') ?? [])]).toEqual(expect.arrayContaining(['refused', 'partial', 'checked']))
    expect([...(outcomes.get('text') ?? [])].toSorted()).toEqual(['read', 'refused'])
  },
)
