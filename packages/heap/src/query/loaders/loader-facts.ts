/** Class loaders with what they defined, read once: the rows of the tree of loaders are made of it. */
import { NO_OBJECT, type SnapshotClass } from '../../snapshot/snapshot.ts'
import type { Heap } from '../heap.ts'
import { labelOf } from '../object/label.ts'
import { listElements } from '../object/jdk-collections.ts'
import { type ObjectReader, objectReader } from '../object-reader.ts'
import { reading } from '../reading.ts'
import { remembered } from '../remembered.ts'
import { listedClasses } from '../lists/summary.ts'

export interface LoaderFacts {
  /** NO_OBJECT: the boot loader, where the dump has no pseudo object for it. */
  readonly index: number
  readonly isBoot: boolean
  /** What it is called, by itself or by what it loads from; undefined when nothing tells. */
  readonly name: string | undefined
  /** Where it loads from, as far as its fields tell. */
  readonly urls: readonly string[]
  /** Undefined for the boot loader. */
  readonly parent: LoaderFacts | undefined
  readonly classes: readonly SnapshotClass[]
  /** Classes of the same name as one of another loader. */
  readonly duplicates: number
  readonly instances: number
  /** Shallow sizes of all objects of its classes. */
  readonly shallow: number
}

const CLASS_LOADER = 'java.lang.ClassLoader'
const MOST_URLS = 200
/** Fields in which loaders of frameworks say what they are for: an application, a module, a bundle. */
const NAME_FIELDS = ['name', 'contextName', 'moduleName', 'displayName', 'loaderName', 'id']

/** The boot loader first. */
export const allLoaders = remembered((heap): readonly LoaderFacts[] => {
  const loaded = Map.groupBy(listedClasses(heap), (type) => (type.loaderId === 0n ? NO_OBJECT : type.loaderIndex))
  const duplicated = namesOfSeveral(listedClasses(heap))
  const boot = factsOf(heap, { loaded, duplicated }, NO_OBJECT, undefined)
  const indices = new Set([...loaded.keys(), ...loaderObjects(heap)].filter((index) => index !== NO_OBJECT))
  const known = new Map<number, LoaderFacts>()
  for (const index of indices) {
    // From the loader up to one that is known; a damaged heap may have a circle of parents, which ends at the boot loader.
    const way: number[] = []
    let at: number | undefined = index
    while (at !== undefined && !known.has(at) && !way.includes(at)) {
      way.push(at)
      at = parentOf(heap, at)
    }
    for (const one of way.toReversed()) {
      const parent = parentOf(heap, one)
      known.set(
        one,
        factsOf(heap, { loaded, duplicated }, one, (parent === undefined ? undefined : known.get(parent)) ?? boot),
      )
    }
  }
  return [boot, ...known.values()]
})

/** Reachable objects of subclasses of ClassLoader; the pseudo object of the boot loader stands for itself. */
function loaderObjects(heap: Heap): number[] {
  return heap.classes
    .filter((type) => type.instances > 0 && heap.facts.kindOf(type.number) === 'class-loader')
    .flatMap((type) => [...heap.snapshot.objectsOfClass(type.number, 0, type.instances)])
    .filter((index) => heap.snapshot.idOf(index) !== 0n)
}

function parentOf(heap: Heap, index: number): number | undefined {
  return readerOf(heap, index)?.reference('parent', CLASS_LOADER)
}

interface Loaded {
  readonly loaded: ReadonlyMap<number, readonly SnapshotClass[]>
  /** Names that classes of several loaders have. */
  readonly duplicated: ReadonlySet<string>
}

function factsOf(
  heap: Heap,
  { loaded, duplicated }: Loaded,
  index: number,
  parent: LoaderFacts | undefined,
): LoaderFacts {
  const isBoot = index === NO_OBJECT
  const classes = loaded.get(index) ?? []
  const urls = isBoot ? [] : reading(() => urlsOf(heap, index), [])
  return {
    index: isBoot ? heap.snapshot.indexOf(0n) : index,
    isBoot,
    name: isBoot ? 'bootstrap' : nameOf(heap, index),
    urls,
    parent,
    classes,
    duplicates: classes.filter(({ name }) => duplicated.has(name)).length,
    instances: classes.reduce((sum, type) => sum + type.instances, 0),
    shallow: classes.reduce((sum, type) => sum + type.shallow, 0),
  }
}

/** Classes that the JVM makes up by itself, such as hidden ones, have names of their own; arrays follow their elements. */
function namesOfSeveral(classes: readonly SnapshotClass[]): ReadonlySet<string> {
  const first = new Map<string, bigint>()
  const several = new Set<string>()
  for (const { name, loaderId } of classes) {
    const before = first.get(name)
    if (before === undefined) first.set(name, loaderId)
    else if (before !== loaderId) several.add(name)
  }
  return several
}

function nameOf(heap: Heap, index: number): string | undefined {
  const label = labelOf(heap, index)
  if (label.kind === 'class-loader' && label.name !== '') return label.name
  const reader = readerOf(heap, index)
  const texts = NAME_FIELDS.map((field) => reading(() => reader?.text(field), undefined))
  return texts.find((text) => text !== undefined && text !== '')
}

/** `ucp.path` of URLClassLoader and, since JDK 9, of the loaders of the JDK: a list of `java.net.URL`. */
function urlsOf(heap: Heap, index: number): string[] {
  const source = readerOf(heap, index)?.reference('ucp')
  const path = source === undefined ? undefined : readerOf(heap, source)?.reference('path')
  if (path === undefined) return []
  return listElements(heap, path, MOST_URLS).flatMap((url) => urlText(readerOf(heap, url)) ?? [])
}

function urlText(url: ObjectReader | undefined): string | undefined {
  const protocol = url?.text('protocol')
  const file = url?.text('file')
  if (url === undefined || protocol === undefined || file === undefined) return undefined
  const host = url.text('host') ?? ''
  return host === '' ? `${protocol}:${file}` : `${protocol}://${host}${file}`
}

function readerOf(heap: Heap, index: number): ObjectReader | undefined {
  return heap.dump === undefined ? undefined : reading(() => objectReader(heap, index), undefined)
}
