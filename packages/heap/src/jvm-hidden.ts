/**
 * What HotSpot adds to instances of its own classes and no dump shows: fields that it injects, and padding around
 * fields that threads contend for (`@Contended`, 128 bytes on either side). Both are facts about releases of the JDK, told from
 * what the classes of the dump declare. Sources: the tables of injected fields in HotSpot's `javaClasses.hpp`, the annotations
 * in the class files of JDK 17 and 25; docs/sizes.md tells which of them are proved.
 */

/** What is asked of a class. */
export interface DeclaredClass {
  readonly name: string
  readonly fields: readonly { readonly name: string }[]
}

/** What of the JVM's release matters. */
export interface HotSpot {
  /** JDK 15 or later: holes between fields are filled, also those of superclasses. */
  readonly fillsHoles: boolean
  /** JDK 19 or later: threads may be virtual. */
  readonly hasVirtualThreads: boolean
  /** Padding around the random numbers of a thread, which later releases gave up. */
  readonly padsThreads: boolean
}

export interface Hidden {
  /** Bytes of each injected field; references apart. */
  readonly primitives: readonly number[]
  readonly references: number
  /** `class`: padding around all fields of the class; else the names of fields in each padded group. */
  readonly contended: 'class' | readonly (readonly string[])[]
}

export const NOTHING_HIDDEN: Hidden = { primitives: [], references: 0, contended: [] }
/** Bytes of padding before and behind contended fields. */
export const CONTENDED_PADDING = 128

const CONTENDED_CLASSES: ReadonlySet<string> = new Set([
  'java.util.concurrent.ConcurrentHashMap$CounterCell',
  'java.util.concurrent.Exchanger$Node',
  'java.util.concurrent.Exchanger$Slot',
  'java.util.concurrent.atomic.Striped64$Cell',
])

const THREAD_GROUP = ['threadLocalRandomSeed', 'threadLocalRandomProbe', 'threadLocalRandomSecondarySeed']

/** Fields that a class injects: a pointer has the size of a machine word. */
export function hiddenFields(declared: DeclaredClass, hotSpot: HotSpot, pointer: 4 | 8): Hidden {
  const declares = (name: string): boolean => declared.fields.some((field) => field.name === name)
  const injected = (primitives: readonly number[], references = 0): Hidden => ({
    primitives,
    references,
    contended: [],
  })
  switch (declared.name) {
    case 'java.lang.Class':
      // its class and array class; two counts; domain and signers until they were declared; lock, source or both
      return injected([pointer, pointer, 4, 4], declares('protectionDomain') ? 2 : 3)
    case 'java.lang.ClassLoader':
    case 'java.lang.Module':
      return injected([pointer])
    case 'java.lang.Thread':
      return threadFields(hotSpot, pointer)
    case 'java.lang.invoke.MemberName':
      return declares('method') ? injected([pointer]) : injected([pointer, pointer], 1)
    case 'java.lang.invoke.ResolvedMethodName':
      return injected([pointer], declares('vmholder') ? 0 : 1)
    case 'java.lang.invoke.MethodHandleNatives$CallSiteContext':
      return injected([pointer, 8])
    case 'java.lang.StackFrameInfo':
      return injected([2])
    case 'java.lang.InternalError':
      return hotSpot.hasVirtualThreads ? injected([1]) : NOTHING_HIDDEN
    case 'jdk.internal.vm.StackChunk':
      // its size is more than that: the frames that it holds follow
      return injected([pointer, 4, 1, 1], 1)
    case 'java.lang.VirtualThread':
      return declares('onWaitingList') ? injected([pointer]) : NOTHING_HIDDEN
    case 'java.util.concurrent.ForkJoinPool':
      return padded(hotSpot, ['ctl', declares('parallelism') ? 'parallelism' : 'ctl'])
    case 'java.util.concurrent.ForkJoinPool$WorkQueue':
      return padded(hotSpot, workQueueGroup(declares('parking')))
    case 'java.util.concurrent.SubmissionPublisher$BufferedSubscription':
      return padded(hotSpot, ['demand', 'waiting'])
    default:
      return CONTENDED_CLASSES.has(declared.name) ? { ...NOTHING_HIDDEN, contended: 'class' } : NOTHING_HIDDEN
  }
}

function threadFields({ hasVirtualThreads, padsThreads }: HotSpot, pointer: 4 | 8): Hidden {
  return {
    // state for debuggers; how often and whether the thread is being mounted; what the flight recorder last saw
    primitives: hasVirtualThreads ? [pointer, 4, 1, 2] : [],
    references: 0,
    contended: padsThreads ? [THREAD_GROUP] : [],
  }
}

/** Before the fields were grouped, the whole class was padded. */
function padded({ fillsHoles }: HotSpot, group: readonly string[]): Hidden {
  return { ...NOTHING_HIDDEN, contended: fillsHoles ? [group] : 'class' }
}

function workQueueGroup(isNew: boolean): string[] {
  return isNew ? ['top', 'phase', 'stackPred', 'source', 'nsteals', 'parking'] : ['top', 'source', 'nsteals']
}
