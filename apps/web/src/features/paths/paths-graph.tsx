/** The paths as a picture. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { PathGraph } from '../../path-graph/path-graph.tsx'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { useObjectMenu } from '../../widgets/object-menu.tsx'
import { objectPlace } from '../../widgets/object-places.ts'
import { graphOfPaths } from './graph-of-paths.ts'
import type { PathRow } from './path-rows.ts'
import styles from './paths-view.module.css'

export function PathsGraph({ place, rows }: { place: PlaceOf<'paths'>; rows: readonly PathRow[] }) {
  const { t } = useTranslation()
  const { open, replace } = useNavigation()
  const openMenu = useObjectMenu()
  const graph = useMemo(() => graphOfPaths(t, rows), [t, rows])
  const { caseId, artifactId } = place
  const all = rows.filter(({ kind }) => kind === 'head').length
  return (
    <>
      <PathGraph
        graph={graph}
        label={t('pathGraph.label')}
        selected={place.selected}
        onSelect={(selected) => replace({ ...place, selected })}
        onOpen={(objectId) => open(objectPlace({ caseId, artifactId, objectId }))}
        onMenu={(objectId, at) => openMenu({ caseId, artifactId, objectId }, at)}
        onEdge={(source, target) => replace({ ...place, cut: { source, target } })}
      />
      {graph.paths < all && (
        <p role="note" className={styles['note']}>
          {t('pathGraph.some', { count: graph.paths, all })}
        </p>
      )}
    </>
  )
}
