/** `node bench/make-dump.ts FILE [--objects N]`: a dump of the made-up shop on its own, for whoever needs something large. */
import { parseArgs } from 'node:util'
import { dumpFile } from './dump-file.ts'
import { writeShopHeap } from './shop-heap.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { objects: { type: 'string', default: '3000000' } },
})
const [path] = positionals
const wanted = Number(values.objects)
if (path === undefined || !Number.isSafeInteger(wanted)) {
  console.error('Usage: node bench/make-dump.ts FILE [--objects N]')
  process.exit(2)
}
const file = dumpFile(path)
const objects = writeShopHeap(file.write, wanted)
file.close()
console.log(`${path}: ${objects.toLocaleString('en-US')} objects`)
