/** Where the artifacts of one upload lie until all of it is unpacked. */
import { copyFile, link, lstat, readlink, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { writeToFile } from '@heaptrail/intake/file-writer'
import type { ArtifactFacts, ArtifactLabel, ArtifactSink, ArtifactWriter } from '@heaptrail/intake/sink'
import { isDiskFull } from '../errors.ts'
import type { Blobs } from './blobs.ts'

export interface Staging {
  readonly sink: ArtifactSink
  /** What has come in, each content once. */
  contents(): { sha256: string; file: string }[]
  remove(): Promise<void>
}

/** Told what comes of an artifact while it is written. */
export interface ArtifactWatcher {
  /** So many bytes of it are in its file. */
  arrived(bytes: number): void
  finished(facts: ArtifactFacts): void
  stopped(): Promise<void>
}

/**
 * @param input the file of the upload itself
 * @param watch asked who wants to be told of an artifact, and given the file that it grows in
 */
export async function openStaging(
  blobs: Blobs,
  input: string,
  watch: (label: ArtifactLabel, file: string) => ArtifactWatcher | undefined = () => undefined,
): Promise<Staging> {
  const folder = await blobs.temporaryFolder()
  const fileBySha256 = new Map<string, string>()
  let count = 0
  return {
    sink: {
      async create(label) {
        // Files get numbers for names: a name in an archive is a label, never a path.
        const file = path.join(folder, String(++count))
        const writer = label.isInput ? sameFile(input, file, label.kind === 'heap-dump') : await writeToFile(file)
        const watcher = watch(label, label.isInput ? input : file)
        let written = 0
        return {
          keepsNothing: label.isInput,
          async write(chunk) {
            await writer.write(chunk)
            written += chunk.length
            watcher?.arrived(written)
          },
          async discard() {
            await watcher?.stopped()
            await writer.discard()
          },
          async finish(facts) {
            watcher?.finished(facts)
            await writer.finish(facts)
            fileBySha256.set(facts.sha256, file)
          },
        }
      },
    },
    contents: () => Array.from(fileBySha256, ([sha256, file]) => ({ sha256, file })),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/**
 * The upload itself is the artifact: it gets a second name, and keeps its first until the artifact is in its case.
 * @param inPlace what the upload only points to stays where it is; else it is copied
 */
function sameFile(input: string, file: string, inPlace: boolean): ArtifactWriter {
  return {
    write: () => Promise.resolve(),
    discard: () => Promise.resolve(),
    async finish() {
      const isElsewhere = (await lstat(input)).isSymbolicLink()
      if (isElsewhere && inPlace) return symlink(await readlink(input), file)
      if (isElsewhere) return copyFile(input, file)
      try {
        await link(input, file)
      } catch (error) {
        if (isDiskFull(error)) throw error
        // File systems without hard links.
        await copyFile(input, file)
      }
    },
  }
}
