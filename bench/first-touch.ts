/**
 * What memory costs when it is used for the first time: CPU per page of 4 KiB, for two blocks one after the other. Of an analysis this is a
 * part that no program can avoid, and that differs from machine to machine and from hour to hour: a virtual machine may have
 * given back to its host what nobody used for a while, and gets it again page by page.
 *
 *   node bench/first-touch.ts [MB of a block, 1000 by default]
 */
const PAGE = 4096
const blockBytes = Number(process.argv[2] ?? 1000) * 1e6

for (const block of ['first', 'second']) {
  const before = process.cpuUsage()
  const bytes = new Uint8Array(blockBytes)
  for (let at = 0; at < bytes.length; at += PAGE) bytes[at] = 1
  const { user, system } = process.cpuUsage(before)
  const perPage = ((user + system) / (blockBytes / PAGE)).toFixed(2)
  console.log(
    `${block} block: ${perPage} µs of CPU per page, ${((user + system) / 1e6 / (blockBytes / 1e9)).toFixed(2)} s per GB`,
  )
}
