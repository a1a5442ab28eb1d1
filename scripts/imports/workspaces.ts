/** Who may import whom. ARCHITECTURE.md explains the picture; this list is what is checked. */

/** Product source of a workspace may import these packages of ours, and no others. */
export const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'packages/hprof': [],
  'packages/jvm-text': [],
  'packages/api': [],
  'packages/heap': ['hprof'],
  'packages/heap-node': ['heap', 'hprof'],
  'packages/findings': ['heap', 'jvm-text', 'api'],
  'packages/intake': ['hprof', 'jvm-text'],
  'packages/fixtures': ['hprof'],
  'apps/server': ['api', 'intake'],
  'apps/web': ['api'],
  'apps/cli': ['api', 'intake', 'heap', 'heap-node', 'jvm-text', 'findings'],
  'apps/e2e': [],
  bench: ['hprof', 'heap', 'heap-node', 'findings'],
  chaos: [],
  fuzz: ['hprof', 'heap', 'intake', 'jvm-text'],
  scripts: [],
}

/** Folders that may import more than the rest of their workspace. */
export const ALLOWED_IN_FOLDER: Readonly<Record<string, readonly string[]>> = {
  // The one client of the analysis; routes talk to it and to nothing behind it.
  'apps/server/src/analysis': ['heap-node', 'jvm-text', 'findings'],
}

/** These run in browsers, workers and Node alike: no `node:` modules and no globals of Node. */
export const ISOMORPHIC = ['packages/hprof', 'packages/heap', 'packages/jvm-text', 'packages/findings', 'packages/api']

/** Server files outside of storage/ that may touch the file system, and why. */
export const FILE_SYSTEM_EXCEPTIONS: Readonly<Record<string, string>> = {
  'apps/server/src/db/embedded.ts': 'builds a new database beside its place and renames it',
  'apps/server/src/analysis/texts/text-thread.ts': 'reads the one text that it is started for, in a thread',
  'apps/server/src/uploads/upload-files.ts': 'bytes of uploads that are still arriving, before they are blobs',
}
