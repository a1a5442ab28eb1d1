import { PageWriter } from '@heaptrail/heap/snapshot/page-writer'
import { jobRunner } from '@heaptrail/heap/snapshot/write-job'
import { directSink } from './direct-sink.ts'
import { type FileSinkBeside, fileSinkBeside } from './file-sink.ts'
import type { WriterOrder, WriterReply } from './pass-messages.ts'

/** The part of a pass thread that writes a snapshot. @returns what carries out one order after the other */
export function writerThread(): (order: WriterOrder) => WriterReply | undefined {
  let sink = nowhere
  let pages = new PageWriter(sink)
  let run = jobRunner(pages)
  return (order) => {
    switch (order.kind) {
      case 'write-into':
        sink = sinkOf(order)
        pages = new PageWriter(sink, order.pageCounter)
        run = jobRunner(pages)
        return undefined
      case 'write':
        run(order.job)
        return { kind: 'written' }
      case 'finish-writing': {
        const sections = pages.close()
        sink.close()
        return { kind: 'sections', sections }
      }
    }
  }
}

function sinkOf({ path }: Extract<WriterOrder, { kind: 'write-into' }>): FileSinkBeside {
  if (path === undefined) return nowhere
  return directSink(path, fileSinkBeside(path))
}

const nowhere: FileSinkBeside = { writeAt: () => undefined, close: () => undefined }
