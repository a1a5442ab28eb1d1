/** What is mutated: the small fixtures, the large ones where they are, generated heaps, and miniatures of real dumps. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { largeFixtures } from '@heaptrail/fixtures/large'
import { dumpsFolder, unpack } from '@heaptrail/fixtures/packed'
import { seededRandom } from '@heaptrail/fixtures/random'
import { miniatures } from './miniature.ts'

export interface Named {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface Corpus {
  /** Of a few kilobytes. */
  readonly dumps: readonly Named[]
  /** Paths of packed whole dumps of JVMs; unpacked when their turn comes. */
  readonly realDumps: readonly string[]
  readonly archives: readonly Named[]
  readonly texts: readonly Named[]
}

/** Larger ones would take the time of a hundred small ones. */
const LARGEST = 1 << 16
const MINIATURES = 6
const fixtures = new URL('../packages/fixtures/', import.meta.url).pathname

/** @param folder keeps the miniatures, as it takes a while to make them; without it there are none. */
export function openCorpus(folder: string | undefined): Corpus {
  const realDumps = readdirSync(dumpsFolder)
    .filter((name) => /\.hprof\.(gz|zst)$/.test(name))
    .toSorted()
    .map((name) => join(dumpsFolder, name))
  const corrupt = largeFixtures === undefined ? [] : small(join(largeFixtures, 'D-corrupt'))
  const isDump = ({ name }: Named): boolean => name.endsWith('.hprof')
  const findings = existsSync(join(fixtures, 'fuzz')) ? small(join(fixtures, 'fuzz')) : []
  return {
    dumps: [
      ...small(join(dumpsFolder, 'synthetic')).filter(isDump),
      ...corrupt.filter(isDump),
      ...findings.filter(isDump),
      ...(folder === undefined ? [] : miniaturesOf(realDumps, join(folder, 'miniatures'))),
    ],
    realDumps,
    archives: [...small(join(fixtures, 'archives')), ...corrupt, ...findings].filter(
      ({ name }) => /\.(gz|zst|tar|zip|bz2|xz)$/.test(name) && !name.includes('bomb'),
    ),
    texts: small(join(fixtures, 'logs')),
  }
}

function small(folder: string): Named[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ name: entry.name, bytes: new Uint8Array(readFileSync(join(folder, entry.name))) }))
    .filter(({ bytes }) => bytes.length > 0 && bytes.length <= LARGEST)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function miniaturesOf(paths: readonly string[], folder: string): Named[] {
  const complete = join(folder, 'complete')
  if (!existsSync(complete)) {
    mkdirSync(folder, { recursive: true })
    for (const [number, path] of paths.entries()) {
      const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.hprof.*/, '')
      const made = miniatures(unpack(path), MINIATURES, seededRandom(number))
      made.forEach((bytes, i) => writeFileSync(join(folder, `${name}-${i}.hprof`), bytes))
    }
    writeFileSync(complete, '')
  }
  return small(folder)
}
