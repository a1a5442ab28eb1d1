/** The entries for what was typed, from here. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { readObjectId } from '../../format/object-id.ts'
import type { Analysed } from '../../server/analyses.ts'
import { caseQuery, casesQuery } from '../../server/cases.ts'
import { useNavigation } from '../../url/navigation.tsx'
import { parsePrinted } from '../../url/place-url.ts'
import { optionsText } from '../../widgets/analysis-options-text.ts'
import { useObjectActions, type ObjectRef } from '../../widgets/object-action-list.ts'
import { objectAt } from '../../widgets/object-menu.tsx'
import { ARTIFACT_VIEWS, linksOfArtifact, linksOfCase, nearestArtifact, shownArtifacts } from '../view-list.ts'
import { matching, type Entry, type Group } from './entries.ts'
import { useClassEntries, useFindEntry } from './use-class-entries.tsx'
import { usePageActions, type PageActions } from './use-page-actions.ts'

export function useGroups(place: Place | NoPlace, text: string, page: PageActions): readonly Group[] {
  const { t } = useTranslation()
  const dump = useNearestDump(place)
  const selected = objectAt(place)
  const typed = readObjectId(text)
  const typedObject = typed !== undefined && dump !== undefined ? { ...dump, objectId: typed } : undefined
  const typedActions = useObjectEntries('object', typedObject)
  const groups: readonly Group[] = [
    { name: 'object', entries: typedActions },
    { name: 'views', entries: matching(useViewEntries(place, text), text) },
    { name: 'selected', entries: matching(useObjectEntries('selected', selected), text) },
    { name: 'pinned', entries: matching(usePinnedEntries(place), text) },
    { name: 'actions', entries: matching(usePageActions(place, page), text) },
    { name: 'classes', entries: useClassEntries(dump, typed === undefined ? text : '') },
    { name: 'cases', entries: matching(useCaseEntries(place), text) },
    { name: 'histogram', entries: useFindEntry(dump, typed === undefined ? text : '') },
  ]
  const shown = groups.filter(({ entries }) => entries.length > 0)
  if (shown.length > 0 || typed === undefined) return shown
  const label = t('palette.noDump', { id: typed })
  return [{ name: 'object', entries: [{ id: 'no-dump', label, run: () => undefined }] }]
}

/** The dump on the screen, else the first one of the case that can be looked at. */
function useNearestDump(place: Place | NoPlace): { caseId: string; artifactId: string } | undefined {
  const artifacts = useArtifacts(place)
  const dump = nearestArtifact(place, artifacts, 'heap-dump')
  return dump === undefined ? undefined : { caseId: dump.caseId, artifactId: dump.id }
}

function useArtifacts(place: Place | NoPlace) {
  const caseId = 'caseId' in place ? place.caseId : undefined
  return useQuery({ ...caseQuery(caseId ?? ''), enabled: caseId !== undefined }).data?.artifacts ?? []
}

const NO_OBJECT: ObjectRef = { caseId: '', artifactId: '', objectId: '' }

function useObjectEntries(group: 'object' | 'selected', object: ObjectRef | undefined): Entry[] {
  const actions = useObjectActions(object ?? NO_OBJECT)
  if (object === undefined) return []
  return actions.map(({ id, label, run }) => ({ id: `${group}-${id}`, label, detail: object.objectId, run }))
}

/** Of every dump and log of the case; as long as nothing is typed, only of the nearest ones. */
function useViewEntries(place: Place | NoPlace, text: string): Entry[] {
  const { t } = useTranslation()
  const { open } = useNavigation()
  const artifacts = useArtifacts(place)
  if (!('caseId' in place)) return []
  const nearest = new Set(ARTIFACT_VIEWS.map(({ of }) => nearestArtifact(place, artifacts, of)?.id))
  const order = (artifact: Analysed) => Number(!nearest.has(artifact.id)) * 2 + Number(artifact.kind !== 'heap-dump')
  const shown = shownArtifacts(artifacts).toSorted((a, b) => order(a) - order(b))
  const ofCase = linksOfCase(place.caseId, artifacts).map(({ view, to }) => ({ view, to, id: '', detail: '' }))
  const ofArtifacts = shown
    .filter(({ id }) => text.trim() !== '' || nearest.has(id))
    .flatMap((artifact) => {
      const options = artifact.options === undefined ? '' : ` (${optionsText(t, artifact.options)})`
      return linksOfArtifact(artifact).map((link) => ({ ...link, id: artifact.id, detail: artifact.name + options }))
    })
  return [...ofArtifacts, ...ofCase].map(({ view, to, id, detail }) => ({
    id: `view-${view.name}-${id}`,
    label: t(`view.${view.name}`),
    detail,
    words: view.name,
    ...(view.letter !== undefined && (id === '' || nearest.has(id)) && { keys: `g ${view.letter}` }),
    run: () => open(to),
  }))
}

function usePinnedEntries(place: Place | NoPlace): Entry[] {
  const { open } = useNavigation()
  const caseId = 'caseId' in place ? place.caseId : undefined
  const pins = useQuery({ ...caseQuery(caseId ?? ''), enabled: caseId !== undefined }).data?.pins ?? []
  return pins.flatMap(({ id, title, place: printed }): Entry[] => {
    const to = parsePrinted(printed)
    return to.kind === 'no-place' ? [] : [{ id: `pin-${id}`, label: title, run: () => open(to) }]
  })
}

function useCaseEntries(place: Place | NoPlace): Entry[] {
  const { t } = useTranslation()
  const { open } = useNavigation()
  const cases = useQuery(casesQuery).data?.rows ?? []
  const here = 'caseId' in place ? place.caseId : undefined
  const others = cases
    .filter(({ id }) => id !== here)
    .map(({ id, title }): Entry => ({ id: `case-${id}`, label: title, run: () => open({ kind: 'case', caseId: id }) }))
  const all: Entry = { id: 'cases', label: t('shell.allCases'), keys: 'g a', run: () => open({ kind: 'home' }) }
  return place.kind === 'home' ? others : [all, ...others]
}
