import { describe, expect, test } from 'vitest'
import type { Artifact, Upload } from '@heaptrail/api/cases'
import { isSettled, pageToOpen } from './open-when-ready.ts'

const caseId = 'c'.repeat(22)
const createdAt = '2026-01-01T00:00:00Z'

function artifact(id: string, kind: Artifact['kind'], state: Artifact['state']): Artifact {
  return {
    id: id.repeat(22),
    caseId,
    name: id,
    archive: null,
    kind,
    size: 1,
    contentKept: true,
    createdAt,
    state,
    analyses: [],
  }
}
const ready = { status: 'ready', partial: null } as const
const upload: Upload = {
  id: 'u'.repeat(22),
  caseId,
  name: 'u',
  size: 9,
  createdAt,
  state: { status: 'uploading', receivedBytes: 1 },
}

describe('the first page opens by itself', () => {
  test('when everything that was dropped is ready', () => {
    const artifacts = [artifact('d', 'heap-dump', ready), artifact('j', 'jstat-log', ready)]
    expect(isSettled({ artifacts, uploads: [] }, [])).toBe(true)
    expect(pageToOpen({ artifacts, uploads: [] })).toMatchObject({ kind: 'overview', artifactId: 'd'.repeat(22) })
  })

  test('a log alone opens its chart; what an archive holds besides does not stand in the way, a dropped file does', () => {
    const log = artifact('j', 'jstat-log', ready)
    const readme = artifact('x', 'unknown', { status: 'skipped', reason: 'a text' })
    expect(pageToOpen({ artifacts: [log, { ...readme, archive: 'all.zip' }], uploads: [] })).toMatchObject({
      kind: 'gc',
    })
    expect(pageToOpen({ artifacts: [log, readme], uploads: [] })).toBeUndefined()
  })

  test('not while something is sent, unpacked or analysed', () => {
    expect(isSettled({ artifacts: [], uploads: [] }, [])).toBe(false)
    expect(isSettled({ artifacts: [artifact('d', 'heap-dump', ready)], uploads: [upload] }, [])).toBe(false)
    expect(isSettled({ artifacts: [artifact('d', 'heap-dump', ready)], uploads: [] }, [upload])).toBe(false)
    expect(isSettled({ artifacts: [artifact('d', 'heap-dump', { status: 'queued' })], uploads: [] }, [])).toBe(false)
  })

  test('not when something failed: the case page says what', () => {
    const failed = artifact('j', 'jstat-log', { status: 'failed', problem: { message: 'no rows' } })
    const artifacts = [artifact('d', 'heap-dump', ready), failed]
    expect(isSettled({ artifacts, uploads: [] }, [])).toBe(true)
    expect(pageToOpen({ artifacts, uploads: [] })).toBeUndefined()
  })
})
