/** The allocators one below the other: what their memory means, their arenas, what has no owner, thread caches. */
import { useTranslation } from 'react-i18next'
import { heapFindingText } from '@heaptrail/api/finding-texts/heap-text'
import type { HeapFinding } from '@heaptrail/api/heap-findings'
import type { NettyAllocator, NettyFacts } from '@heaptrail/api/netty'
import { formatCount } from '../../format/count.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { SeverityIcon, languageOf } from '../../widgets/finding-cards.tsx'
import { FindingWords } from '../../widgets/finding-words.tsx'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import { objectPlace, pathsPlace, suspectsPlace } from '../../widgets/object-places.ts'
import { Adaptive } from './adaptive.tsx'
import { ArenaTable } from './arena-table.tsx'
import { CacheTable } from './cache-table.tsx'
import { Holders } from './holders.tsx'
import { LostTable } from './lost-table.tsx'
import styles from './netty.module.css'
import { ProcessFacts } from './process-facts.tsx'

interface AllocatorsProps {
  readonly place: PlaceOf<'netty'>
  readonly facts: NettyFacts
}

export function Allocators({ place, facts }: AllocatorsProps) {
  const { t } = useTranslation()
  const used = facts.allocators.filter(hasChunks)
  const unused = facts.allocators.filter((allocator) => !hasChunks(allocator))
  return (
    <div className={styles['page']}>
      <ProcessFacts facts={facts} />
      {used.map((allocator) => (
        <Allocator key={allocator.pool.allocator.id} place={place} allocator={allocator} verdicts={facts.verdicts} />
      ))}
      {facts.adaptive.length > 0 && <Adaptive place={place} allocators={facts.adaptive} />}
      <Holders place={place} facts={facts} />
      {unused.length > 0 && (
        <p className={styles['note']}>
          {t('netty.unused', { count: unused.length, formatted: formatCount(unused.length) })}{' '}
          {unused.map(({ pool: { allocator } }) => (
            <PlaceLink key={allocator.id} to={objectPlace({ ...place, objectId: allocator.id })}>
              <ObjectLabel object={allocator} />{' '}
            </PlaceLink>
          ))}
        </p>
      )}
    </div>
  )
}

function hasChunks({ pool: { heap, direct } }: NettyAllocator): boolean {
  return heap.chunks + direct.chunks > 0
}

interface AllocatorProps {
  readonly place: PlaceOf<'netty'>
  readonly allocator: NettyAllocator
  readonly verdicts: readonly HeapFinding[]
}

function Allocator({ place, allocator, verdicts }: AllocatorProps) {
  const { t } = useTranslation()
  const { allocator: object, culprit } = allocator.pool
  const own = verdicts.filter(({ parameters }) => 'allocator' in parameters && parameters.allocator.id === object.id)
  return (
    <section className={styles['allocator']} aria-label={object.className}>
      <h2 className={styles['title']}>
        <PlaceLink to={objectPlace({ ...place, objectId: object.id })}>
          <ObjectLabel object={object} />
        </PlaceLink>
        {culprit !== null && (
          <span className={styles['held']}>
            {t('netty.heldBy')}{' '}
            <PlaceLink to={pathsPlace({ ...place, objectId: object.id })}>
              <code>
                {culprit.className}
                {culprit.static ? '.' : '#'}
                {culprit.field}
              </code>
            </PlaceLink>
          </span>
        )}
      </h2>
      {own.map((finding) => (
        <Verdict key={finding.id} finding={finding} place={place} />
      ))}
      <ArenaTable place={place} allocator={allocator} />
      <div className={styles['pair']}>
        <LostTable pieces={allocator.lostPieces} />
        <CacheTable place={place} allocator={allocator} />
      </div>
    </section>
  )
}

function Verdict({ finding, place }: { finding: HeapFinding; place: PlaceOf<'netty'> }) {
  const { t, i18n } = useTranslation()
  const { title, explanation, nextStep } = heapFindingText(finding, languageOf(i18n.language))
  const isLeak = finding.id === 'netty-leak'
  return (
    <div className={styles['verdict']} data-severity={isLeak ? finding.severity : 'healthy'}>
      <h3>
        <SeverityIcon severity={isLeak ? finding.severity : 'healthy'} />
        <FindingWords text={title} />
      </h3>
      <p>
        <FindingWords text={explanation} />
      </p>
      {isLeak && (
        <p>
          <FindingWords text={nextStep} />{' '}
          <PlaceLink to={suspectsPlace(place)} className="in-text">
            {t('netty.evidence')}
          </PlaceLink>
        </p>
      )}
    </div>
  )
}
