/** English. */
import type { FindingOf } from '../findings.ts'
import { count, duration, figure, percent, plural, size, slopeUnit } from './figures.ts'
import type { FindingCatalogue } from './catalogue.ts'

export const EN: FindingCatalogue = {
  'heap-exhausted': (finding) => ({
    title:
      finding.parameters.collector === 'generational'
        ? 'Heap exhausted: full collections free nothing'
        : 'Heap exhausted: cycles free nothing',
    explanation: exhausted(finding),
    nextStep: finding.parameters.ongoing
      ? 'Take a heap dump now; look at what holds the largest retained size.'
      : 'It ended before the log does. If it comes again, take a heap dump while it lasts; look at what holds the largest retained size.',
  }),
  'leak-trend': ({ parameters, severity }) => ({
    title: 'Leak trend: what survives collections keeps growing',
    explanation: leak(parameters),
    nextStep:
      severity === 'critical'
        ? 'Take a heap dump now, before the old generation is full; look at what holds the largest retained size.'
        : 'Take two class histograms or heap dumps some collections apart and compare which classes grow.',
  }),
  'gc-overhead': ({ parameters: { share, seconds, collectionSeconds, shareOfAll, atLimitOfJvm } }) => ({
    title: `${percent(share)} of the time goes into garbage collection`,
    explanation: `In ${duration(seconds, 'en')} the JVM spent ${duration(collectionSeconds, 'en')} in collections; over the whole log it is ${percent(shareOfAll)}. ${
      atLimitOfJvm
        ? 'This is where the JVM itself gives up: at 98 % of the time with less than 2 % of the heap freed, the parallel collector throws OutOfMemoryError.'
        : 'The JVM itself gives up at 98 % of the time with less than 2 % of the heap freed; users notice much earlier.'
    }`,
    nextStep:
      'See whether the old generation is nearly full (then look for what holds it in a heap dump), or whether the program allocates too fast for its young generation.',
  }),
  'fast-promotion': ({ parameters }) => ({
    title: 'Young collections promote much into the old generation',
    explanation: `A young collection moves ${figure(parameters.perCollection)} percentage points of the old generation into it (median)${
      parameters.kbPerCollection === null ? '' : `, about ${size(parameters.kbPerCollection)}`
    }. ${
      parameters.survivorFull > 0
        ? `A survivor space was full after ${count(parameters.survivorFull)} of them: what does not fit there is promoted early. `
        : ''
    }In the log are ${plural(parameters.youngCollections, 'young collection')} and ${plural(parameters.fullCollections, 'full collection')}.`,
    nextStep:
      'Try a larger young generation or larger survivor spaces, and look for large short-lived arrays and buffers.',
  }),
  'class-space-growth': ({ parameters: { space, unit, from, to, limit, fullCollections } }) => {
    const name = space === 'metaspace' ? 'Metaspace' : 'The permanent generation'
    const show = unit === 'KB' ? size : percent
    return {
      title: space === 'metaspace' ? 'Metaspace keeps growing' : 'The permanent generation is full',
      explanation: `${name} went from ${show(from)} to ${show(to)}${limit === null ? '' : `; its limit is ${show(limit)}`}.${
        fullCollections === 0 ? '' : ` ${plural(fullCollections, 'full collection')} ran because of it.`
      }`,
      nextStep:
        'Look in a heap dump for class loaders that should be gone, and for classes that are generated over and over.',
    }
  },
  'system-gc-storm': ({ parameters: { calls, fullCollections, seconds } }) => ({
    title: 'The program asks for full collections itself: System.gc()',
    explanation: `${plural(calls, 'step')} of the collection counter ${calls === 1 ? 'was' : 'were'} caused by System.gc()${
      seconds === null ? '' : ` within ${duration(seconds, 'en')}`
    }; the log has ${plural(fullCollections, 'full collection')}.`,
    nextStep:
      'Find who calls System.gc() (RMI does so, direct buffers do, and libraries), or run with -XX:+ExplicitGCInvokesConcurrent.',
  }),
  'old-filling': ({ parameters: { from, to, youngCollections, rows } }) => ({
    title: 'The old generation fills; nothing tells yet what of it is garbage',
    explanation: `Within ${plural(rows, 'row')} and ${plural(youngCollections, 'young collection')} it went from ${percent(from)} to ${percent(to)}, and it was not collected once. That happens in healthy programs too: only what is left after a collection of the old generation tells of a leak.`,
    nextStep: 'Record until some full collections have run; `jmap -histo:live` forces one and shows what survives it.',
  }),
  healthy: ({ parameters }) => ({
    title: 'Healthy, as far as this log shows',
    explanation: healthy(parameters),
    nextStep: 'Nothing to do. If memory is suspected all the same, record for longer, under load.',
  }),
  'too-short': ({ parameters: { rows, youngCollections, fullCollections, cycles, oldFirst, oldLast } }) => ({
    title: 'Too short for a verdict',
    explanation: `The log shows ${plural(rows, 'row')} with ${plural(youngCollections, 'young collection')}, ${plural(fullCollections, 'full collection')}${
      cycles === 0 ? '' : ` and ${plural(cycles, 'concurrent cycle')}`
    }. ${oldFirst === null || oldLast === null ? '' : `The old generation went from ${percent(oldFirst)} to ${percent(oldLast)}. `}That is not enough to tell a leak from a program that is starting.`,
    nextStep: 'Record for longer: until at least eight full collections, or some hours, with `jstat -gc -t PID 1s`.',
  }),
  'no-occupancy': ({ parameters: { option, collector, rows } }) => ({
    title: 'The log does not show how full the old generation is',
    explanation:
      collector === 'zgc'
        ? `This is a log of ZGC, whose percentages are of the memory it has committed at the time: 100 % is normal, and no verdict can be read from ${plural(rows, 'row')} of -${option}.`
        : `jstat -${option} prints no occupancy of the old generation; ${plural(rows, 'row')} tell of sizes and counts only.`,
    nextStep: 'Record with `jstat -gc -t PID 1s`.',
  }),
  'histogram-contents': ({ parameters }) => ({
    title: `${parameters.className} takes ${percent(parameters.share)} of the bytes`,
    explanation: contents(parameters),
    nextStep: `${
      parameters.counted === 'live' ? '' : 'Garbage may be counted: `jmap -histo:live` leaves it out. '
    }A histogram does not say who holds the objects: for that take a heap dump, or compare histograms some time apart.`,
  }),
  'classes-grow': ({ parameters }) => ({
    title: `${parameters.className} grows from histogram to histogram`,
    explanation: grows(parameters),
    nextStep: parameters.live
      ? 'Look in a heap dump for what holds the objects of this class; look at the own classes among those that grow with it first.'
      : 'Some of it may be garbage: take the histograms with `jmap -histo:live`, and compare again.',
  }),
  'process-memory': ({ parameters }) => ({
    title: `Process ${parameters.pid} has ${size(parameters.residentBytes / 1024)} in memory`,
    explanation: memory(parameters),
    nextStep:
      parameters.committedBytes === null
        ? 'Record `jstat -gc` or `-gccapacity` of the process to tell heap from the rest.'
        : 'When the rest is large or grows: `jcmd PID VM.native_memory` tells what it is, if the JVM runs with -XX:NativeMemoryTracking=summary.',
  }),
  'gc-threads-busy': ({ parameters: { threads, cpuPercent, cpuOfAll } }) => ({
    title: 'Threads of the garbage collector use most of the processor',
    explanation: `${plural(threads, 'thread')} of the collector used ${figure(cpuPercent)} % of a processor, of ${figure(cpuOfAll)} % that all threads used.`,
    nextStep: 'Record `jstat -gcutil -t PID 1s` to see what they collect, and whether it frees anything.',
  }),
  'no-clock': ({ parameters: { bytesKnown } }) => ({
    title: bytesKnown ? 'No clock: rates are per row' : 'Percentages only, and no clock',
    explanation:
      'The rows have no time. The interval that jstat was asked for cannot be trusted, because it answers late for a JVM in distress; so rates are told per collection or per row, not per second.',
    nextStep: bytesKnown
      ? 'Record with -t to see rates per second.'
      : 'Record with `jstat -gc -t` to see bytes and rates per second; or give the heap size (-Xmx).',
  }),
}

export function repeatedEn(parts: number): string {
  return ` The same is found in ${count(parts)} parts of this log, between restarts of the JVM; the last of them is described.`
}

function exhausted({ parameters }: FindingOf<'heap-exhausted'>): string {
  const { collector, rows, fullCollections, fullSeconds, youngCollections, oldLow, oldHigh, eden, seconds } = parameters
  const full =
    eden !== null && eden >= 95
      ? `Eden and the old generation are full (${percent(oldHigh)}).`
      : `The old generation is full (${percent(oldHigh)}, never below ${percent(oldLow)}).`
  const span = seconds === null ? `the ${count(rows)} rows` : `${duration(seconds, 'en')} (${plural(rows, 'row')})`
  if (collector !== 'generational')
    return `The heap is full (never below ${percent(oldLow)}). Within ${span} of this log the JVM finished ${plural(fullCollections, 'concurrent cycle')}, and in no row was anything freed: it is collecting all the time and cannot make room.`
  const done =
    fullCollections === 1
      ? `one full GC that took ${figure(Number(fullSeconds.toFixed(1)))} s and freed nothing`
      : `${count(fullCollections)} full GCs that took ${figure(Number(fullSeconds.toFixed(1)))} s together and freed next to nothing`
  const young = youngCollections === 0 ? ' No young collection ran in these rows.' : ''
  return `${full} Within ${span} of this log the JVM finished ${done}: it is collecting all the time and cannot make room.${young}`
}

const AFTER = {
  'full-collections': 'full collections',
  'old-collections': 'collections of the old generation',
  cycles: 'concurrent cycles',
} as const

function leak(parameters: FindingOf<'leak-trend'>['parameters']): string {
  const { after, points, from, to, perSecond, perRow, perCollection, capacityKb, confidence } = parameters
  const rise = `What is left in the old generation after ${AFTER[after]} rose from ${percent(from)} to ${percent(to)} over ${count(points)} points`
  const rates = [`${figure(perCollection)} percentage points per collection`]
  if (perSecond === null) rates.push(`${figure(perRow)} per row`)
  else {
    const [seconds, unit] = slopeUnit(perSecond)
    const bytes = capacityKb === null ? '' : `, ${size((perSecond * seconds * capacityKb) / 100)}`
    rates.push(`${figure(perSecond * seconds)} per ${unit}${bytes}`)
  }
  return `${rise}: ${rates.join('; ')} (confidence: ${confidence}).${untilFull(parameters)}`
}

function untilFull({ secondsToFull, collectionsToFull }: FindingOf<'leak-trend'>['parameters']): string {
  if (secondsToFull !== null)
    return ` If it goes on, the old generation is full in about ${duration(secondsToFull, 'en')}.`
  if (collectionsToFull === null) return ' How far it is to the limit cannot be told from this log.'
  return ` If it goes on, the old generation is full after about ${plural(Math.ceil(collectionsToFull), 'more collection')}.`
}

const COLLECTOR_NOTE = {
  generational: '',
  shenandoah:
    ' This looks like Shenandoah: what jstat counts as full collections are its concurrent cycles, which is normal.',
  zgc: ' This looks like ZGC: its percentages are of the memory committed at the time, so 100 % is normal.',
} as const

function healthy(parameters: FindingOf<'healthy'>['parameters']): string {
  const { collector, rows, youngCollections, fullCollections, cycles, floor, oldLast } = parameters
  const left =
    floor === null ? '' : ` After collections of the old generation ${percent(floor)} of it was left at the least.`
  const last = oldLast === null ? '' : ` In the last row it is at ${percent(oldLast)}.`
  const seen = [plural(youngCollections, 'young collection'), plural(fullCollections, 'full collection')]
  if (cycles > 0) seen.push(plural(cycles, 'concurrent cycle'))
  return `Over ${plural(rows, 'row')} (${seen.join(', ')}) nothing points to a leak or an exhausted heap.${left}${last}${COLLECTOR_NOTE[collector]}`
}

function contents(parameters: FindingOf<'histogram-contents'>['parameters']): string {
  const { className, instances, bytes, totalBytes, own } = parameters
  const first = `${count(instances)} objects of ${className} take ${size(bytes / 1024)} of ${size(totalBytes / 1024)}.`
  if (own === null) return `${first} None of the classes is known to be your own.`
  return `${first} The first class that is likely your own is ${own.className}: ${count(own.instances)} objects, ${size(own.bytes / 1024)} without what they refer to.`
}

function grows(parameters: FindingOf<'classes-grow'>['parameters']): string {
  const { histograms, instances, bytes, bytesPerHour, share, steady, together } = parameters
  const rate = bytesPerHour === null ? '' : `, ${size(bytesPerHour / 1024)} per hour`
  const how = steady && histograms > 2 ? ', in each of them more than in the one before' : ''
  const others = together.length === 0 ? '' : ` As many objects were added of ${together.join(', ')}.`
  return `Over ${count(histograms)} histograms it went from ${count(instances.from)} to ${count(instances.to)} objects, from ${size(bytes.from / 1024)} to ${size(bytes.to / 1024)}${rate}${how}. That is ${percent(share)} of all growth.${others}`
}

function memory(parameters: FindingOf<'process-memory'>['parameters']): string {
  const { residentBytes, committedBytes, cpuPercent } = parameters
  const cpu = cpuPercent === null ? '' : ` It used ${figure(cpuPercent)} % of a processor.`
  if (committedBytes === null)
    return `How much of it is heap is not known: percentages, or the used size alone, cannot be compared with it.${cpu}`
  const rest = residentBytes - committedBytes
  if (rest < 0)
    return `The JVM has committed ${size(committedBytes / 1024)} for its heap, parts of which were never touched.${cpu}`
  return `${size(committedBytes / 1024)} of it is committed for the heap. The rest, ${size(rest / 1024)}, is metaspace, code, threads and direct memory.${cpu}`
}
