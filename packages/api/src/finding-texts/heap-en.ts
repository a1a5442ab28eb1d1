/** English sentences of heap findings. */
import type { Holder, InnocentReason } from '../heap-findings.ts'
import type { HeapFindingCatalogue } from './catalogue.ts'
import { count, plural } from './figures.ts'
import { boundText } from './heap-bounds-en.ts'
import { directText } from './heap-direct-en.ts'
import { fullHeap, nettyLeak, poolFigures } from './heap-netty-en.ts'
import {
  article,
  bytes,
  carried,
  fieldName,
  full,
  grown,
  isHolder,
  isOneThing,
  isSame,
  isScattered,
  itemCount,
  keeperOf,
  sentences,
  share,
  short,
} from './heap-words.ts'

export const HEAP_EN: HeapFindingCatalogue = {
  'leak-suspect': ({ parameters }) => ({
    title: isOneThing(parameters)
      ? `${bytes(parameters.retained)} in one ${short(grown(parameters))} in ${placeOf(parameters)}: ${share(parameters.share)} of the heap`
      : `${gathered(parameters)} gather in ${placeOf(parameters)}: ${share(parameters.share)} of the heap`,
    explanation: sentences(holds(parameters), keptBy(parameters), carries(parameters), fullHeap(parameters)),
    freed: freedText(parameters),
    nextStep: lookFor(parameters),
    against: sentences(ONE_DUMP, sharedItems(parameters)),
  }),
  'queue-backlog': ({ parameters }) => ({
    title: `${gathered(parameters)} wait in a queue: ${share(parameters.share)} of the heap`,
    explanation: sentences(
      holds(parameters),
      'Nothing limits the queue: more is put in than is taken out.',
      keptBy(parameters),
      carries(parameters),
      fullHeap(parameters),
    ),
    freed: freedText(parameters),
    nextStep:
      'Look at who takes from this queue: is it slow, blocked, or gone? Give the queue a capacity, so that whoever puts in feels it.',
    against: 'A burst that is worked off in time is none: a second dump shows whether the queue gets shorter.',
  }),
  'thread-local-suspect': ({ parameters }) => ({
    title: `Thread locals keep ${bytes(parameters.retained)} in threads that live on${named(parameters.threadLocal)}`,
    explanation: sentences(
      `${gathered(parameters)} hold ${bytes(parameters.retained)}, ${share(parameters.share)} of the heap, as values of ${
        parameters.threadLocal === null ? 'a ThreadLocal' : `the ThreadLocal \`${parameters.threadLocal}\``
      }.`,
      'Threads of a pool never end, so what is not removed after each task stays.',
      onStack(parameters),
      carries(parameters),
    ),
    freed: freedText(parameters),
    nextStep: `Call \`remove()\` on ${parameters.threadLocal === null ? 'the ThreadLocal' : `\`${parameters.threadLocal}\``} in a finally block when a task ends.`,
    against: 'If every task needs this object at once and reuses it, it is a buffer per thread and not a leak.',
  }),
  'class-loader-suspect': ({ parameters }) => ({
    title: `${count(parameters.items?.loaders ?? 0)} class loaders are kept alive, each with its own ${short(parameters.items?.className ?? '')}`,
    explanation: sentences(
      `${count(parameters.items?.loaders ?? 0)} classes are all called ${full(parameters.items?.className ?? '')}, each loaded by another class loader. What belongs to them holds ${bytes(parameters.retained)}, ${share(parameters.share)} of the heap.`,
      keptBy(parameters, 'One of them'),
      'A class loader stays, with all its classes and their static fields, as long as one object of one of its classes stays.',
    ),
    freed: freedText(parameters),
    nextStep:
      parameters.culprit === null
        ? 'Follow the path to what holds the first of them.'
        : `Remove what belongs to an unloaded plug-in or deployment from \`${fieldName(parameters.culprit)}\`.`,
    against: 'If all of these plug-ins are in use, each needs its loader.',
  }),
  'finalizer-backlog': ({ parameters }) => ({
    title: `${gathered(parameters)} wait for their finalizer`,
    explanation: sentences(
      `${itemCount(parameters, atLeast)} objects of ${full(parameters.items?.className ?? '')} are kept by \`java.lang.ref.Finalizer\` alone: ${bytes(parameters.retained)}, ${share(parameters.share)} of the heap. The program does not use them any more, but their \`finalize()\` has not run.`,
    ),
    freed: freedText(parameters),
    nextStep:
      'Look at the stack of the thread "Finalizer": it runs one `finalize()` after the other, and one that blocks stops all. Replace `finalize()` by `close()` and a Cleaner.',
    against: 'After a burst of such objects the queue is long for a moment.',
  }),
  'thread-holds-heap': ({ parameters }) => ({
    title: `The work of one thread fills the heap: ${threadName(parameters)}`,
    explanation: sentences(holds(parameters), onStack(parameters), fullHeap(parameters)),
    freed: freedText(parameters),
    nextStep: 'Read the stack: is this request, query or batch larger than it should be? Work on it in parts.',
    against: 'It ends with this piece of work: it is no leak, but the heap is too small for it.',
  }),
  'thread-pile-up': ({ parameters }) => ({
    title: `${count(parameters.workers)} threads wait, and hold ${share(parameters.share)} of the heap`,
    explanation: sentences(
      `${count(parameters.workers)} threads wait for something, and their local variables hold ${bytes(parameters.retained)}, ${share(parameters.share)} of the heap${parameters.items === null ? '' : `, mostly in ${short(parameters.items.className)}`}.`,
      waitingAt(parameters),
      fullHeap(parameters),
    ),
    freed: `When these threads go on or end, ${bytes(parameters.retained)} would be free.`,
    nextStep:
      'Look at what these threads wait for: a lock, a pool of connections, an answer from another service. Limit how many requests are let in at once.',
    against: 'A burst that is worked off in time is none: a second dump shows whether they are the same threads.',
  }),
  'direct-memory': (finding) => directText(finding),
  'netty-leak': (finding) => nettyLeak(finding),
  'netty-pool': ({ parameters }) => ({
    title: 'Netty: a pool at its normal size',
    explanation: poolFigures(parameters),
    freed: '',
    nextStep: 'Nothing to do. A smaller maxOrder makes smaller chunks, should the pool be too large for this heap.',
    against: 'A pool keeps at least one chunk per arena that was used, empty or not.',
  }),
  'working-set': ({ parameters }) => ({
    title: `Working set of ${workers(parameters)}: ${bytes(parameters.retained)}`,
    explanation: sentences(holds(parameters), onStack(parameters)),
    freed: '',
    nextStep: 'Nothing to do, unless the thread should not be doing this.',
    against: 'It is held by local variables of a thread that is at work, and goes when that work is done.',
  }),
  'bounded-holder': ({ parameters }) => ({
    title: `Bounded: ${gathered(parameters)} in ${placeOf(parameters)}`,
    explanation: sentences(holds(parameters), keptBy(parameters), boundText(parameters.bound)),
    freed: '',
    nextStep: 'Nothing to do, if this much memory was meant for it; else lower the limit.',
    against: 'It cannot grow without end.',
  }),
  'large-holder': ({ parameters }) => ({
    title: `Large, but no suspect: ${bytes(parameters.retained)} in ${placeOf(parameters)}`,
    explanation: sentences(holds(parameters), keptBy(parameters)),
    freed: '',
    nextStep: 'Compare with a second dump if you expected less.',
    against: INNOCENT[parameters.reason],
  }),
  'no-suspect': ({ parameters: { usedHeap, fullness } }) => ({
    title: 'No leak suspect in this dump',
    explanation: sentences(
      `Of ${bytes(usedHeap)} in use, nothing that could grow without end holds a noticeable part.`,
      fullness === null ? '' : `That is ${share(fullness)} of the largest possible heap.`,
    ),
    freed: '',
    nextStep: 'If memory is suspected all the same, take a dump when the heap is fuller, and compare the two.',
    against: '',
  }),
}

const ONE_DUMP =
  'One dump shows that it is there, not that it grows: the program may need it. A second dump, later, tells: compare the two.'

const INNOCENT: Readonly<Record<InnocentReason, string>> = {
  pool: 'These are few buffers of one size, kept in a queue or an array, as in a pool.',
  'softly-held': 'Only soft or weak references hold it: the JVM frees it before memory runs out.',
  'thread-buffers': 'It is one buffer for each thread, which the thread uses again and again.',
  fixed: 'It is an array, or a few large ones: an array cannot grow.',
  spread: 'It consists of many small objects of many classes, and nothing in it gathers.',
  shared: 'Several structures of the program hold the same objects: data that is in use.',
  small: 'These are too few objects, or too little memory, to call it a leak as long as the heap is not full.',
  library:
    'It grows inside a library and in no collection of your code, and it is not large enough to be a leak of that library.',
}

function atLeast(figure: string): string {
  return `at least ${figure}`
}

/** `10,000 Session` */
function gathered(holder: Holder): string {
  if (holder.items === null) return `${count(holder.holderCount)} ${short(holder.holder.className)}`
  const text = `${itemCount(holder, atLeast)} ${short(holder.items.className)}`
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function placeOf(of: Holder): string {
  const { growsThrough, collection, holder, culprit, threadLocal, items } = of
  if (items !== null && isScattered(of)) return short(items.className)
  if (threadLocal !== null) return `the ThreadLocal \`${threadLocal}\``
  if (growsThrough !== null && collection !== null) return `\`${fieldName(growsThrough)}\``
  if (culprit !== null) return `\`${fieldName(culprit)}\``
  if (collection !== null)
    return `${article(short(collection.object.className)).toLowerCase()} ${short(collection.object.className)}`
  return holder.label.kind === 'class' ? `the static fields of ${full(holder.label.name)}` : short(holder.className)
}

function holds(holder: Holder): string {
  const { collection, holderCount, shape, retained } = holder
  const amount = `${bytes(retained)}, ${share(holder.share)} of the heap`
  if (isScattered(holder)) return `${gathered(holder)} take ${amount}; several structures of the program hold them.`
  if (collection !== null && isHolder(holder)) {
    const entries =
      collection.size === null ? '' : ` with ${plural(collection.size, 'entrie').replace(/entrie$/, 'entry')}`
    const name = short(collection.object.className)
    return `${article(name)} ${name}${entries} holds ${amount}.`
  }
  if (shape === 'structure')
    return `Objects of ${full(holder.nodes ?? holder.items?.className ?? holder.holder.className)} that refer to each other hold ${amount}.`
  if (holderCount > 1) return `${count(holderCount)} ${short(holder.holder.className)} hold ${amount}.`
  const name =
    holder.holder.label.kind === 'class'
      ? `Class ${full(holder.holder.label.name)}`
      : `One ${short(holder.holder.className)}`
  return `${name} holds ${amount}.`
}

function keptBy(holder: Holder, it = 'It'): string {
  const { growsThrough, culprit, collection } = holder
  const named = collection === null ? culprit : (growsThrough ?? culprit)
  if (named === null) return onStack(holder, it)
  const first = named.own ? ', the first holder in your code' : ''
  const kind = named.static ? 'static field' : 'field'
  const held =
    holder.holderCount > 1 || holder.shape === 'structure' ? 'What they hold stands in' : 'What it holds stands in'
  const stands = isHolder(holder) ? 'It stands in' : held
  const told = collection === null ? `${it} is held by` : stands
  const subject = isScattered(holder) ? 'One of them is reached through' : told
  const place = `${subject} the ${kind} \`${named.field}\` of ${full(named.className)}${first}`
  const culpritText =
    culprit !== null && !isSame(culprit, named) && culprit.own
      ? ` The first holder in your code is the ${culprit.static ? 'static field' : 'field'} \`${culprit.field}\` of ${full(culprit.className)}.`
      : ''
  const keeper = keeperOf(holder)
  const above =
    keeper === undefined ? '' : `, which the static field \`${keeper.field}\` of ${full(keeper.className)} keeps alive`
  return `${place}${above}.${culpritText}${holder.thread === null ? '' : ` ${onStack(holder, it)}`}`
}

function onStack({ thread, threads, kept }: Holder, it = 'It'): string {
  if (thread === null) return ''
  const name = thread.object.label.kind === 'thread' ? `the thread "${thread.object.label.name}"` : 'a thread'
  const others = threads > 1 ? ` ${plural(threads - 1, 'other thread')} lead${threads === 2 ? 's' : ''} to it too.` : ''
  if (kept === 'thread-local') return `A thread that has one is ${name.replace('the thread ', '')}.`
  if (kept === 'thread') return `${it} is kept by ${name}.${others}`
  const frame = thread.frame === null ? '' : ` in \`${thread.frame}\``
  return `A local variable of ${name}${frame} keeps it.${others}`
}

function waitingAt({ thread }: Holder): string {
  if (thread === null || thread.object.label.kind !== 'thread') return ''
  const at = thread.frame === null ? '' : ` in \`${thread.frame}\``
  const { name } = thread.object.label
  if (name === '') return at === '' ? '' : `One of them stands${at}.`
  return `One of them is "${name}"${at}.`
}

function carries(holder: Holder): string {
  const chain = carried(holder)
  return chain.length === 0 || holder.items === null
    ? ''
    : `What each ${short(holder.items.className)} holds is mostly ${chain.join(' → ')}.`
}

function sharedItems({ exclusive, fullness }: Holder): string {
  const roomy = fullness !== null && fullness < 50 ? `The heap was only ${share(fullness)} full.` : ''
  return sentences(exclusive ? '' : 'Other structures of the program hold the same objects.', roomy)
}

function freedText({ retained, exclusive }: Holder): string {
  return exclusive
    ? `Without it, ${bytes(retained)} would be free.`
    : `If all that hold these objects let go, ${bytes(retained)} would be free; this collection alone does not free them.`
}

function lookFor({ growsThrough, culprit }: Holder): string {
  const field = growsThrough?.own === true ? growsThrough : (culprit ?? growsThrough)
  if (field === null)
    return 'Follow the path to what keeps it, and look for where the program adds to it and never removes.'
  return `Look in ${full(field.className)} for what is put in through \`${field.field}\`, and whether anything ever takes it out or limits it.`
}

function named(threadLocal: string | null): string {
  return threadLocal === null ? '' : `: \`${threadLocal}\``
}

function threadName({ thread }: Holder): string {
  return thread?.object.label.kind === 'thread' ? `"${thread.object.label.name}"` : 'a thread'
}

function workers(holder: Holder): string {
  return holder.workers > 1 ? `${count(holder.workers)} threads` : threadName(holder)
}
