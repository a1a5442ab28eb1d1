/** Where the names in the sentences of a finding lead. */
import { fieldName } from '@heaptrail/api/finding-texts/heap-words'
import type { HeapFinding, Holder, NettyPool, SuspectField } from '@heaptrail/api/heap-findings'
import type { Place } from '@heaptrail/api/place'
import { dominatorsPlace, histogramPlace, objectPlace, objectsPlace } from '../../widgets/object-places.ts'
import type { OfDump } from './of-dump.ts'

/** Names as the sentences have them: simple or whole class names, `Class#field`, fields, threads. */
export function placesIn({ parameters }: HeapFinding, of: OfDump): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>()
  const add = (name: string, place: Place): void => {
    if (name !== '' && !places.has(name)) places.set(name, place)
  }
  if ('allocator' in parameters) addPool(parameters, of, add)
  else if ('holder' in parameters) addHolder(parameters, of, add)
  else if ('asked' in parameters) {
    if (parameters.culprit !== null) addField(parameters.culprit, of, add)
    addClass('java.nio.DirectByteBuffer', histogramPlace(of, 'java.nio.DirectByteBuffer'), add)
  }
  return places
}

type Add = (name: string, place: Place) => void

function addHolder(holder: Holder, of: OfDump, add: Add): void {
  for (const field of [holder.growsThrough, holder.culprit]) if (field !== null) addField(field, of, add)
  const { collection, items } = holder
  if (collection !== null) addClass(collection.object.className, dominators(of, collection.object.id), add)
  if (items?.sample.label.kind === 'class') addClass(items.className, histogramPlace(of, items.className), add)
  else if (items !== null) addClass(items.className, objectsPlace(of, items.sample.classId), add)
  addClass(holder.holder.className, dominators(of, holder.holder.id), add)
  if (holder.threadLocal !== null) add(holder.threadLocal, histogramPlace(of, holder.threadLocal.split('#')[0]))
  if (holder.nodes !== null) addClass(holder.nodes, histogramPlace(of, holder.nodes), add)
  for (const { className } of holder.content) addClass(className, histogramPlace(of, className), add)
  const end = holder.path.at(-1)?.object
  if (end?.label.kind === 'class') addClass(end.label.name, objectPlace({ ...of, objectId: end.id }), add)
  for (const edge of holder.path.at(-1)?.edges ?? [])
    if (end !== undefined) add(edge.name, objectPlace({ ...of, objectId: end.id }))
  if (holder.thread !== null && holder.thread.frame !== null)
    add(holder.thread.frame, objectPlace({ ...of, objectId: holder.thread.object.id }))
}

function addPool(pool: NettyPool, of: OfDump, add: Add): void {
  if (pool.culprit !== null) addField(pool.culprit, of, add)
  addClass(pool.allocator.className, objectPlace({ ...of, objectId: pool.allocator.id }), add)
  const [arena] = pool.arenas
  if (arena !== undefined) addClass(arena.object.className, objectsPlace(of, arena.object.classId), add)
}

function addField(field: SuspectField, of: OfDump, add: Add): void {
  const place = objectPlace({ ...of, objectId: field.object.id })
  add(fieldName(field), place)
  add(field.field, place)
  add(field.className, place)
}

function addClass(className: string, place: Place, add: Add): void {
  add(className, place)
  add(className.slice(className.lastIndexOf('.') + 1), place)
}

function dominators(of: OfDump, objectId: string): Place {
  return dominatorsPlace({ ...of, objectId })
}
