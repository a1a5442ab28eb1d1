/** Classes that only carry others: collections, their nodes, arrays. What people look for is above and below them. */

/** Collections of the JDK and of libraries, with their inner classes. */
const COLLECTIONS = [
  'java.util.',
  'java.lang.ref.',
  'java.lang.ThreadLocal$',
  'com.google.common.collect.',
  'com.google.common.cache.',
  'com.github.benmanes.caffeine.cache.',
  'org.springframework.util.',
  'org.apache.commons.collections',
  'org.eclipse.collections.',
  'it.unimi.dsi.fastutil.',
  'gnu.trove.',
  'scala.collection.',
  'kotlin.collections.',
  'io.netty.util.collection.',
  'org.jctools.',
  'io.netty.util.internal.shaded.org.jctools.',
]
/** In java.util, but nobody's collection. */
const NOT_COLLECTIONS =
  /^java\.util\.(concurrent\.(AbstractExecutorService|ThreadPoolExecutor|locks\.|ScheduledThreadPoolExecutor|ForkJoin|FutureTask|CompletableFuture|Executors)|logging\.|zip\.|jar\.|regex\.|Timer|Locale|ResourceBundle|ServiceLoader|Date|Calendar|GregorianCalendar|UUID|Random|Currency|Properties$)/

export function isCollection(className: string): boolean {
  return COLLECTIONS.some((prefix) => className.startsWith(prefix)) && !NOT_COLLECTIONS.test(className)
}

export function isArray(className: string): boolean {
  return className.endsWith('[]')
}

/** Arrays of references and everything that belongs to collections. */
export function isPlumbing(className: string): boolean {
  if (!isArray(className)) return isCollection(className)
  return !/^(boolean|byte|char|short|int|long|float|double)\[\]$/.test(className)
}

/** A part of a collection and not the collection itself: a node, an entry, a segment, an array. */
export function isPartOfCollection(className: string): boolean {
  return isArray(className) || (isCollection(className) && /\$(?!\d)/.test(className) && !WRAPPER.test(className))
}
const WRAPPER =
  /ImmutableCollections\$|\$(Synchronized|Unmodifiable|Checked|SetFromMap|KeySetView|LocalManualCache|LocalLoadingCache|Bounded)/

/** Superclasses of collections that programs make by themselves. */
const COLLECTION_BASE = /^java\.util\.(Abstract(Map|Collection|List|SequentialList|Set|Queue)|Hashtable)$/

/** @param superNames the class and its superclasses. */
export function extendsCollection(superNames: readonly string[]): boolean {
  return superNames.some((name) => COLLECTION_BASE.test(name))
}
