/**
 * How collections keep what is in them: which fields lead from the collection to its parts, from part to part, and from
 * a part to a key, a value or an element. Names of all JDKs from 6 to 25 stand beside each other; a name that a JDK does
 * not have matches nothing there. Subclasses are known by their superclasses.
 */

/** What a held object is to its collection. */
export type Role = 'key' | 'value' | 'element'

export interface Collection {
  readonly of: readonly string[]
  /** Fields of the collection by which its parts, or the array of them, hang. */
  readonly through: readonly string[]
  readonly parts?: {
    readonly classes: readonly string[]
    /** From part to part. */
    readonly links: readonly string[]
    readonly contents: Readonly<Record<string, Role>>
  }
  /** The array holds the contents itself: in their order, in an order of its own, keys and values by turns, or values in the order of an enum. */
  readonly array?: 'indexed' | 'unordered' | 'pairs' | 'by-ordinal'
  /** Fields of the collection that hold contents themselves; for an element also its place. */
  readonly direct?: Readonly<Record<string, Role | number>>
  /** This field of the first part on, parts of a list stand in order. */
  readonly counted?: { readonly from: string; readonly link: string }
  /** What is a thread's by the key of a thread local. */
  readonly isThreadLocal?: true
}

const ENTRY: Readonly<Record<string, Role>> = { key: 'key', value: 'value' }
const ITEM: Readonly<Record<string, Role>> = { item: 'element' }
const CONCURRENT = 'java.util.concurrent.'
const IMMUTABLE = 'java.util.ImmutableCollections$'

export const COLLECTIONS: readonly Collection[] = [
  {
    of: ['java.util.HashMap'],
    through: ['table', 'head', 'tail', 'header'],
    parts: {
      classes: ['java.util.HashMap$Node', 'java.util.HashMap$Entry'],
      links: ['next', 'before', 'after', 'parent', 'left', 'right', 'prev'],
      contents: ENTRY,
    },
  },
  {
    of: [`${CONCURRENT}ConcurrentHashMap`],
    through: ['table', 'nextTable', 'segments'],
    parts: {
      classes: ['Node', 'HashEntry', 'Segment'].map((name) => `${CONCURRENT}ConcurrentHashMap$${name}`),
      links: ['next', 'first', 'root', 'parent', 'left', 'right', 'prev', 'nextTable', 'table'],
      contents: { key: 'key', val: 'value', value: 'value' },
    },
  },
  {
    of: ['java.util.Hashtable'],
    through: ['table'],
    parts: { classes: ['java.util.Hashtable$Entry'], links: ['next'], contents: ENTRY },
  },
  {
    of: ['java.util.WeakHashMap'],
    through: ['table'],
    parts: {
      classes: ['java.util.WeakHashMap$Entry'],
      links: ['next'],
      contents: { referent: 'key', value: 'value' },
    },
  },
  {
    of: ['java.util.TreeMap'],
    through: ['root'],
    parts: { classes: ['java.util.TreeMap$Entry'], links: ['left', 'right', 'parent'], contents: ENTRY },
  },
  {
    of: [`${CONCURRENT}ConcurrentSkipListMap`],
    through: ['head'],
    parts: {
      classes: ['Node', 'Index'].map((name) => `${CONCURRENT}ConcurrentSkipListMap$${name}`),
      links: ['next', 'node', 'down', 'right'],
      contents: { key: 'key', val: 'value', value: 'value' },
    },
  },
  { of: ['java.util.IdentityHashMap'], through: ['table'], array: 'pairs' },
  { of: [`${IMMUTABLE}MapN`], through: ['table'], array: 'pairs' },
  { of: [`${IMMUTABLE}Map1`], through: [], direct: { k0: 'key', v0: 'value' } },
  { of: ['java.util.Collections$SingletonMap'], through: [], direct: { k: 'key', v: 'value' } },
  { of: ['java.util.EnumMap'], through: ['vals'], array: 'by-ordinal' },
  {
    of: ['java.lang.ThreadLocal$ThreadLocalMap'],
    through: ['table'],
    parts: {
      classes: ['java.lang.ThreadLocal$ThreadLocalMap$Entry'],
      links: [],
      contents: { referent: 'key', value: 'value' },
    },
    isThreadLocal: true,
  },

  { of: ['java.util.ArrayList', 'java.util.Vector'], through: ['elementData'], array: 'indexed' },
  { of: ['java.util.Arrays$ArrayList'], through: ['a'], array: 'indexed' },
  { of: [`${CONCURRENT}CopyOnWriteArrayList`], through: ['array'], array: 'indexed' },
  { of: [`${IMMUTABLE}ListN`], through: ['elements'], array: 'indexed' },
  { of: [`${IMMUTABLE}List12`], through: [], direct: { e0: 0, e1: 1 } },
  { of: ['java.util.Collections$SingletonList'], through: [], direct: { element: 0 } },
  {
    of: ['java.util.LinkedList'],
    through: ['first', 'last', 'header'],
    parts: {
      classes: ['java.util.LinkedList$Node', 'java.util.LinkedList$Entry'],
      links: ['next', 'prev', 'previous'],
      contents: { ...ITEM, element: 'element' },
    },
    counted: { from: 'first', link: 'next' },
  },

  { of: [`${IMMUTABLE}SetN`], through: ['elements'], array: 'unordered' },
  { of: [`${IMMUTABLE}Set12`], through: [], direct: { e0: 'element', e1: 'element' } },
  { of: ['java.util.Collections$SingletonSet'], through: [], direct: { element: 'element' } },

  { of: ['java.util.ArrayDeque'], through: ['elements'], array: 'unordered' },
  { of: ['java.util.PriorityQueue'], through: ['queue'], array: 'unordered' },
  { of: [`${CONCURRENT}PriorityBlockingQueue`], through: ['queue'], array: 'unordered' },
  { of: [`${CONCURRENT}ScheduledThreadPoolExecutor$DelayedWorkQueue`], through: ['queue'], array: 'unordered' },
  { of: [`${CONCURRENT}ArrayBlockingQueue`], through: ['items'], array: 'unordered' },
  ...(
    [
      ['LinkedBlockingQueue', ['head', 'last']],
      ['LinkedBlockingDeque', ['first', 'last']],
      ['ConcurrentLinkedQueue', ['head', 'tail']],
      ['ConcurrentLinkedDeque', ['head', 'tail']],
      ['LinkedTransferQueue', ['head', 'tail']],
    ] as const
  ).map(([name, through]): Collection => ({
    of: [CONCURRENT + name],
    through,
    parts: { classes: [`${CONCURRENT}${name}$Node`], links: ['next', 'prev'], contents: ITEM },
  })),
]

/** A collection that keeps everything in another one, by which fields; what the role becomes, where it becomes another. */
export interface Wrapper {
  readonly of: RegExp
  readonly through: readonly string[]
  readonly role?: Role
}

export const WRAPPERS: readonly Wrapper[] = [
  { of: /^java\.util\.HashSet$/, through: ['map'], role: 'element' },
  { of: /^java\.util\.(TreeSet|concurrent\.ConcurrentSkipListSet)$/, through: ['m'], role: 'element' },
  { of: /^java\.util\.Collections\$SetFromMap$/, through: ['m', 's'], role: 'element' },
  { of: /^java\.util\.concurrent\.ConcurrentHashMap\$KeySetView$/, through: ['map'], role: 'element' },
  { of: /^java\.util\.concurrent\.CopyOnWriteArraySet$/, through: ['al'], role: 'element' },
  { of: /^java\.util\.concurrent\.DelayQueue$/, through: ['q'] },
  { of: /^java\.util\.Properties$/, through: ['map'] },
  {
    of: /^java\.util\.Collections\$(Unmodifiable|Synchronized|Checked)/,
    through: ['c', 'm', 'list', 'ss', 'sm', 'ns', 'nm', 's', 'q', 'queue'],
  },
]

/** Fields by which a thread keeps its map of thread locals. */
export const OF_THREAD = ['threadLocals', 'inheritableThreadLocals']
