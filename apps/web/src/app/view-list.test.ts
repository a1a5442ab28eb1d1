import { expect, test } from 'vitest'
import type { Artifact, ArtifactKind } from '@heaptrail/api/cases'
import en from '../i18n/en.json' with { type: 'json' }
import { ARTIFACT_VIEWS, CASES_LETTER, CASE_VIEWS, LETTERED_VIEWS, destination, linksOfCase } from './view-list.ts'

const caseId = 'c'.repeat(22)

function artifact(letter: string, kind: ArtifactKind): Artifact {
  return {
    id: letter.repeat(22),
    caseId,
    name: letter,
    archive: null,
    kind,
    size: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    state: { status: 'ready', partial: null },
    contentKept: true,
    analyses: [],
  }
}

const first = artifact('a', 'heap-dump')
const second = artifact('b', 'heap-dump')
const log = artifact('l', 'jstat-log')
const casePlace = { kind: 'case', caseId } as const

test('a letter leads to one view, and every view has a title', () => {
  const letters = [CASES_LETTER, ...LETTERED_VIEWS.map(({ letter }) => letter)]
  expect(new Set(letters).size).toBe(letters.length)
  for (const { name } of [...CASE_VIEWS, ...ARTIFACT_VIEWS]) expect(en.view, name).toHaveProperty(name)
})

test('a letter leads to the dump on the screen, else to the first one of the case', () => {
  const artifacts = [log, first, second]
  const atSecond = { kind: 'overview', caseId, artifactId: second.id } as const
  expect(destination(atSecond, artifacts, 'd')).toMatchObject({ kind: 'dominators', artifactId: second.id })
  expect(destination(atSecond, [], 'd'), 'before the case is known').toMatchObject({ artifactId: second.id })
  expect(destination(casePlace, artifacts, 'd')).toMatchObject({ kind: 'dominators', artifactId: first.id })
  expect(destination(atSecond, artifacts, 'g')).toMatchObject({ kind: 'gc', artifactId: log.id })
})

test('a letter leads nowhere where the case lacks what its view shows', () => {
  expect(destination(casePlace, [], 'd')).toBeUndefined()
  expect(destination(casePlace, [first], 'm')).toBeUndefined()
  expect(destination({ kind: 'home' }, [], 'c')).toBeUndefined()
  expect(destination({ kind: 'home' }, [], CASES_LETTER)).toEqual({ kind: 'home' })
})

test('a case lists only the views that it has something for', () => {
  const names = (artifacts: readonly Artifact[]) => linksOfCase(caseId, artifacts).map(({ view }) => view.name)
  expect(names([])).toEqual(['case'])
  expect(names([log])).toEqual(['case', 'timeline'])
  expect(names([first, second])).toEqual(['case', 'timeline', 'compare'])
})
