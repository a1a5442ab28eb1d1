import { collectIds } from '@heaptrail/heap/parse/collect-ids'
import type { Pass } from '@heaptrail/heap/parse/pass-runner'
import type { PassThread } from '@heaptrail/heap/parse/pass-thread'
import { readReferences } from '@heaptrail/heap/parse/read-references'
import { scanUnits } from '@heaptrail/heap/parse/scan'
import type { PassReply } from './pass-messages.ts'

/** Runs a pass on this thread, taking units until none is left. */
export function runPass(pass: Pass, thread: PassThread): PassReply {
  switch (pass.kind) {
    case 'scan':
      return { kind: 'scan', result: scanUnits(pass.input, thread) }
    case 'collect-ids':
      return { kind: 'collect-ids', result: collectIds(pass.input, thread) }
    case 'read-references':
      return { kind: 'read-references', result: readReferences(pass.input, thread) }
  }
}
