/** Archives with bytes changed, removed and repeated at random: always a report, never an exception. */
import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { unpackBytes } from './collect.ts'

const folder = new URL('../../fixtures/archives/', import.meta.url)
const archives = readdirSync(folder).filter((name) => /\.(gz|zst|tar|zip)$/.test(name) && !name.startsWith('bomb'))
const ROUNDS = 20
const LIMITS = { unpackedBytes: 2 ** 22, ratio: 1000, ratioFreeBytes: 2 ** 20, entries: 100, layers: 5 }

function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function mutate(bytes: Buffer, random: (below: number) => number): Buffer {
  const changed = Buffer.from(bytes)
  for (let change = random(8); change >= 0; change--) changed[random(changed.length)] = random(256)
  const at = random(changed.length)
  switch (random(4)) {
    case 0:
      return changed.subarray(0, at)
    case 1:
      return Buffer.concat([changed.subarray(0, at), changed.subarray(Math.floor(at / 2))])
    default:
      return changed
  }
}

test.each(archives)('%s, changed at random, gives a report', async (name) => {
  const bytes = readFileSync(new URL(name, folder))
  const random = randomNumbers(bytes.length)
  for (let round = 0; round < ROUNDS; round++) {
    const { report, artifacts } = await unpackBytes(mutate(bytes, random), name, { limits: LIMITS })
    const stored = report.entries.filter((entry) => entry.outcome !== 'skipped')
    expect(artifacts.filter(({ state }) => state === 'finished').length).toBe(stored.length)
    expect(artifacts.filter(({ state }) => state === 'open')).toEqual([])
    expect(stored.length === 0).toBe(report.problem !== undefined)
    for (const { name: label } of report.entries) expect(label).not.toMatch(/[/\\\n]/)
  }
})
