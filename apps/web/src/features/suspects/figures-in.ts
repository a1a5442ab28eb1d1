/** Where the figures in the sentences of a finding lead: each to a view that shows the same number, or what it counts. */
import { count } from '@heaptrail/api/finding-texts/figures'
import { bytes, share } from '@heaptrail/api/finding-texts/heap-words'
import type { DirectMemory, HeapFinding, Holder, NettyPool } from '@heaptrail/api/heap-findings'
import type { Place } from '@heaptrail/api/place'
import {
  dominatorsPlace,
  histogramPlace,
  nettyPlace,
  objectPlace,
  objectsPlace,
  overviewPlace,
} from '../../widgets/object-places.ts'
import { threadsPlace } from '../../widgets/list-places.ts'
import type { OfDump } from './of-dump.ts'

type Add = (figure: string, place: Place) => void

/** By the figure as the sentences write it, which is alike in all languages. */
export function figuresIn({ parameters }: HeapFinding, of: OfDump): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>()
  const add: Add = (figure, place) => {
    if (!places.has(figure)) places.set(figure, place)
  }
  if ('allocator' in parameters) addPool(parameters[parameters.of], parameters.share, of, add)
  else if ('asked' in parameters) addDirect(parameters, of, add)
  else if ('holder' in parameters) addHolder(parameters, of, add)
  else add(bytes(parameters.usedHeap), overviewPlace(of))
  if ('fullness' in parameters && parameters.fullness !== null) add(share(parameters.fullness), overviewPlace(of))
  return places
}

function addHolder(holder: Holder, of: OfDump, add: Add): void {
  const { collection, items, bound } = holder
  const inTree = dominatorsPlace({ ...of, objectId: holder.holder.id })
  add(bytes(holder.retained), inTree)
  add(share(holder.share), inTree)
  if (items !== null) {
    const isClass = items.sample.label.kind === 'class'
    const objects = isClass ? histogramPlace(of, items.className) : objectsPlace(of, items.sample.classId)
    add(count(items.count), objects)
    add(count(items.loaders), histogramPlace(of, items.className))
  }
  if (collection !== null && collection.size !== null)
    add(count(collection.size), objectPlace({ ...of, objectId: collection.object.id }))
  add(count(holder.holderCount), objectsPlace(of, holder.holder.classId))
  if (holder.workers > 1) add(count(holder.workers), threadsPlace(of))
  if (holder.threads > 1) add(count(holder.threads - 1), threadsPlace(of))
  if (bound !== null && 'limit' in bound) {
    const place = placeOfBound(holder, of)
    add(count(bound.limit), place)
    if ('used' in bound) add(count(bound.used), place)
    if ('size' in bound) add(count(bound.size), place)
  }
}

/** The field with the limit belongs to the collection or to whoever holds it. */
function placeOfBound(holder: Holder, of: OfDump): Place {
  const { growsThrough, collection } = holder
  const object = growsThrough?.object ?? collection?.object ?? holder.holder
  return objectPlace({ ...of, objectId: object.id })
}

function addPool(memory: NettyPool['heap'], part: number, of: OfDump, add: Add): void {
  const pools = nettyPlace(of)
  const { bytes: all, taken, cached, live, lost, chunkSize } = memory
  for (const size of [all, taken, cached, live, lost]) add(bytes(size), pools)
  add(share(part), pools)
  add(count(memory.arenasInUse), pools)
  add(bytes(chunkSize), nettyPlace(of, { tab: 'chunks' }))
  add(count(memory.chunks), nettyPlace(of, { tab: 'chunks' }))
  add(count(memory.liveBuffers), nettyPlace(of, { tab: 'buffers' }))
}

/** The JDK keeps these figures in static fields of a class of its own. */
function addDirect({ used, limit, buffers, asked, held }: DirectMemory, of: OfDump, add: Add): void {
  const counter = histogramPlace(of, 'java.nio.Bits')
  add(bytes(used), counter)
  if (limit !== null) {
    add(bytes(limit), counter)
    add(share((100 * used) / limit), counter)
  }
  const all = histogramPlace(of, 'java.nio.DirectByteBuffer')
  for (const figure of [buffers, asked, held]) add(count(figure), all)
}
