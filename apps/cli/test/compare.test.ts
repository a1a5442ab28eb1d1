import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Comparison } from '@heaptrail/api/compare'
import { largeFixtures } from '@heaptrail/fixtures/large'
import { dumpsFolder, packedPath, smallDump, unpack } from '@heaptrail/fixtures/packed'
import type { Heap } from '@heaptrail/heap/query/heap'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import { keptObjects } from '@heaptrail/heap/compare/kept-objects'
import { expect, test } from 'vitest'
import { budgetOf, excesses, worseSuspects } from '../src/budgets.ts'
import { compareHeaps } from '../src/compare.ts'
import { runCli } from './run-cli.ts'

const SESSIONS = 'scen.Scenarios$SessionManager#sessions'

function fatesIn({ suspects }: Comparison): string[] {
  return suspects.map(({ fate, name }) => `${fate} ${name}`)
}

test('a leak that is gone is fixed, by name; the other way round it is new; unchanged it is not fixed', async () => {
  const leaky = await analysed(smallDump('leak-17'))
  const fixed = await analysed(smallDump('known-17'))
  const comparison = compareHeaps(leaky, fixed)
  expect(fatesIn(comparison)).toEqual([`fixed ${SESSIONS}`])
  expect(comparison.suspects[0]?.before.path.at(-1)?.object.label).toEqual({ kind: 'class', name: 'scen.Scenarios' })
  expect(comparison.suspects[0]?.before.pathSignature).toEqual([
    'Scenarios.SM',
    'Scenarios$SessionManager#sessions[*]',
    'Scenarios$Session',
  ])
  expect(comparison.suspects[0]?.after.severity).toBeNull()
  expect(comparison.identity).toMatchObject({ verdict: 'other-process', certain: true })
  expect(comparison.suspects[0]?.after.bytes).toBeLessThan(1000)
  expect(fatesIn(compareHeaps(fixed, leaky))).toEqual([`new ${SESSIONS}`])
  expect(fatesIn(compareHeaps(leaky, leaky))).toEqual([`not-fixed ${SESSIONS}`])
  expect(compareHeaps(leaky, leaky).classes).toEqual([])
})

test('classes, packages and loaders are sorted by growth, new and gone ones among them', async () => {
  const { classes, packages, loaders, before, after } = compareHeaps(
    await analysed(smallDump('known-17')),
    await analysed(smallDump('leak-17')),
  )
  expect(classes[0]?.retainedAfter).toBeGreaterThan(17 << 20)
  expect(classes.find(({ name }) => name === 'scen.Scenarios$Session')).toMatchObject({
    objectsBefore: 0,
    objectsAfter: 10_000,
    retainedBefore: 0,
  })
  const growth = classes.map((row) => row.retainedAfter - row.retainedBefore)
  expect(growth).toEqual(growth.toSorted((a, b) => b - a))
  const shallow = packages.reduce((sum, row) => sum + row.shallowAfter - row.shallowBefore, 0)
  expect(shallow).toBe(after.usedHeap - before.usedHeap)
  expect(loaders.map(({ name }) => name)).toContain('(boot loader)')
})

test('budgets: sizes with units, classes with *, the whole heap; what counts is by how much something grew', async () => {
  expect(budgetOf('byte[]=1.5KiB')).toEqual({ name: 'byte[]', most: 1536 })
  expect(budgetOf('a.B*=2G').most).toBe(2 ** 31)
  expect(() => budgetOf('a.B')).toThrow('--budget takes NAME=SIZE')
  const comparison = compareHeaps(await analysed(smallDump('known-17')), await analysed(smallDump('leak-17')))
  const names = (budget: string): string[] => excesses([budgetOf(budget)], comparison).map(({ name }) => name)
  expect(names('scen.Scenarios$Session=1MiB')).toEqual(['scen.Scenarios$Session'])
  expect(names('scen.Scenarios$Session=100MiB')).toEqual([])
  expect(names(`${SESSIONS}=1KiB`)).toEqual([SESSIONS])
  expect(names('scen.Known*=0')).toEqual([])
  expect(names('total=1MiB')).toEqual(['total'])
  expect(names('total=100MiB')).toEqual([])
})

test('a budget is for growth, not for size, and decides about a suspect that it names', async () => {
  const leaky = await analysed(smallDump('leak-17'))
  const comparison = compareHeaps(leaky, leaky)
  const [sessions] = comparison.suspects
  if (sessions === undefined) throw new Error('no suspect')
  const after = { ...sessions.after, bytes: sessions.before.bytes * 2 }
  const grown = { ...comparison, suspects: [{ ...sessions, fate: 'grown' as const, after }] }
  const names = (budget: string): string[] => excesses([budgetOf(budget)], grown).map(({ name }) => name)
  expect(names(`${SESSIONS}=${sessions.before.bytes}`)).toEqual([])
  expect(names(`${SESSIONS}=${sessions.before.bytes - 1}`)).toEqual([SESSIONS])
  expect(worseSuspects([], grown).map(({ name }) => name)).toEqual([SESSIONS])
  expect(worseSuspects([budgetOf(`${SESSIONS}=1GiB`)], grown)).toEqual([])
})

test('real dumps: a process after a full collection has moved, two runs are two processes', async () => {
  const all = await analysed(smallDump('jcmd-17-all'))
  const live = await analysed(smallDump('jcmd-17-live'))
  expect(keptObjects(live, all).identity).toMatchObject({ verdict: 'moved', certain: true })
  const { identity, classes } = keptObjects(live, live)
  expect(identity).toMatchObject({ verdict: 'kept', sameClass: live.snapshot.reachableCount, otherClass: 0 })
  expect(classes.reduce((sum, { kept }) => sum + kept, 0)).toBe(live.snapshot.reachableCount)
  expect(keptObjects(await analysed(smallDump('known-17')), live).identity.verdict).toBe('other-process')
})

test('buffers of a pool that nobody released are a leak that is fixed, by name, when they are released', async () => {
  const unreleased = await analysed(smallDump('verify-50-unreleased'))
  const released = await analysed(smallDump('verify-50-released'))
  const comparison = compareHeaps(unreleased, released)
  expect(fatesIn(comparison)).toEqual(['fixed Utils.bufPool'])
  expect(comparison.suspects[0]).toMatchObject({ before: { bytes: 50 << 20 }, after: { bytes: 0 } })
  const { pathSignature } = comparison.suspects[0]?.after ?? {}
  expect(pathSignature).toEqual(['Utils.bufPool', 'PooledByteBufAllocator'])
  expect(fatesIn(compareHeaps(released, unreleased))).toEqual(['new Utils.bufPool'])
})

test(
  'the command line: exit 1 with a new suspect, 0 when it is fixed, and why as JSON',
  { timeout: 60_000 },
  async () => {
    const leaky = packedPath(dumpsFolder, 'leak-17') ?? ''
    const fixed = packedPath(dumpsFolder, 'known-17') ?? ''
    const worse = await runCli(['compare', '--json', fixed, leaky])
    expect({ code: worse.code, left: worse.left }).toEqual({ code: 1, left: [] })
    const { gate } = JSON.parse(worse.stdout) as { gate: { passed: boolean; worse: string[] } }
    expect(gate).toMatchObject({ passed: false, worse: [`${SESSIONS} scen.Scenarios$Session`] })
    const better = await runCli(['compare', leaky, fixed])
    expect(better.code).toBe(0)
    expect(better.stdout).toContain('Fixed: Scenarios$SessionManager#sessions')
  },
)

test.skipIf(largeFixtures === undefined)(
  'the leak of Netty buffers is fixed, by name',
  { timeout: 120_000 },
  async () => {
    const heapOf = (run: string): Promise<Heap> => {
      const folder = join(largeFixtures ?? '', 'A-netty-leak', run)
      return analysed(unpack(join(folder, readdirSync(folder).find((file) => file.endsWith('.tar.gz')) ?? '')))
    }
    const leaky = await heapOf('small-leaky')
    const fixed = await heapOf('small-fixed')
    expect(fatesIn(compareHeaps(leaky, fixed))).toEqual(['fixed Utils.bufPool'])
    expect(fatesIn(compareHeaps(fixed, leaky))).toEqual(['new Utils.bufPool'])
    expect(fatesIn(compareHeaps(await heapOf('small-leaky-inflight'), leaky))).toEqual(['not-fixed Utils.bufPool'])
  },
)
