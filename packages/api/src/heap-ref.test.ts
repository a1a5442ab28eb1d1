import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AnalysisOptions, DEFAULT_ANALYSIS } from './analysis-options.ts'
import { HeapRef, parseAnalysisKey, parseHeapRef, printAnalysisKey, printHeapRef } from './heap-ref.ts'

const artifactId = 'a'.repeat(22)

const options: fc.Arbitrary<AnalysisOptions> = fc
  .record({
    sizes: fc.constantFrom('jvm', 'mat'),
    keepUnreachable: fc.boolean(),
    layout: fc.record(
      {
        referenceSize: fc.constantFrom(4, 8),
        instanceHeader: fc.constantFrom(8, 12, 16),
        alignment: fc.constantFrom(8, 16, 32, 64, 128, 256),
      },
      { requiredKeys: [] },
    ),
  })
  .map((some) => AnalysisOptions.parse(some))

describe('a reference to an analysis', () => {
  test('of the default options is the id of the artifact', () => {
    expect(printHeapRef(artifactId, DEFAULT_ANALYSIS)).toBe(artifactId)
    expect(parseHeapRef(artifactId)).toEqual({ artifactId, options: DEFAULT_ANALYSIS })
  })

  test('names all other options, and parses to them', () => {
    fc.assert(
      fc.property(options, (some) => {
        const ref = printHeapRef(artifactId, some)
        expect(HeapRef.parse(ref)).toBe(ref)
        expect(parseHeapRef(ref)).toEqual({ artifactId, options: some })
      }),
    )
  })

  test.each([
    ['keep', { ...DEFAULT_ANALYSIS, keepUnreachable: true }],
    ['mat-keep', { ...DEFAULT_ANALYSIS, sizes: 'mat', keepUnreachable: true }],
    ['keep-mat', { ...DEFAULT_ANALYSIS, sizes: 'mat', keepUnreachable: true }],
    ['r8-h16-a8', { ...DEFAULT_ANALYSIS, layout: { referenceSize: 8, instanceHeader: 16, alignment: 8 } }],
    ['keep-r5', { ...DEFAULT_ANALYSIS, keepUnreachable: true }],
    ['keep-something-new', { ...DEFAULT_ANALYSIS, keepUnreachable: true }],
    ['', DEFAULT_ANALYSIS],
  ])('%s means the same as long as there are links', (key, meant) => {
    expect(parseAnalysisKey(key)).toEqual(meant)
    expect(printAnalysisKey(parseAnalysisKey(printAnalysisKey(parseAnalysisKey(key))))).toBe(
      printAnalysisKey(AnalysisOptions.parse(meant)),
    )
  })
})
