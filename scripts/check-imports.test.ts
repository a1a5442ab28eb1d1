import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findViolations } from './imports/violations.ts'
import { importsOf } from './imports/source-files.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'heaptrail-imports-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** The complaints about a tree that consists of one file. */
function complaintsAbout(path: string, text: string): string[] {
  write(path, text)
  return findViolations(root).map((violation) => `${violation.path}: ${violation.message}`)
}

describe('packages', () => {
  test('import in the direction of the picture', () => {
    write('packages/heap/src/a.ts', "import { bytesSource } from '@heaptrail/hprof/byte-source'\n")
    write('packages/intake/src/a.ts', "import { tellTextKind } from '@heaptrail/jvm-text/kind'\n")
    write('apps/server/src/analysis/client.ts', "import { openSnapshot } from '@heaptrail/heap-node/open'\n")
    expect(findViolations(root)).toEqual([])
  })

  test.each([
    ['packages/hprof/src/a.ts', '@heaptrail/heap/graph/dominators'],
    ['packages/jvm-text/src/a.ts', '@heaptrail/api/jstat'],
    ['packages/api/src/a.ts', '@heaptrail/jvm-text/kind'],
    ['packages/heap/src/a.ts', '@heaptrail/heap-node/file-source'],
    ['packages/intake/src/a.ts', '@heaptrail/heap/parse/pass1'],
    ['apps/web/src/a.ts', '@heaptrail/heap/query/paths'],
    ['apps/server/src/routes/heap.ts', '@heaptrail/heap/query/paths'],
    ['apps/server/src/routes/heap.ts', '@heaptrail/hprof/reader'],
    ['apps/server/src/routes/heap.ts', '@heaptrail/findings/suspects'],
    ['apps/server/src/routes/heap.ts', '@heaptrail/heap-node/query-client'],
  ])('%s must not import %s', (path, specifier) => {
    expect(complaintsAbout(path, `import { x } from '${specifier}'\n`)).toEqual([
      expect.stringContaining(
        `${path}: imports ${specifier}: ${path.split('/').slice(0, 2).join('/')} may import only`,
      ),
    ])
  })

  test('nothing imports an app', () => {
    expect(complaintsAbout('packages/heap/src/a.ts', "import { env } from '@heaptrail/server/env'\n")).toHaveLength(1)
    expect(complaintsAbout('apps/cli/test/a.test.ts', "import { env } from '@heaptrail/server/env'\n")).toHaveLength(2)
  })

  test('are imported by name, not by a path into them', () => {
    expect(complaintsAbout('apps/cli/src/a.ts', "import { x } from '../../../packages/heap/src/layout.ts'\n")).toEqual([
      expect.stringContaining('outside of apps/cli'),
    ])
    const started = "new Worker(new URL('../../../packages/heap-node/src/pass-thread.ts', import.meta.url))\n"
    expect(complaintsAbout('apps/cli/src/a.ts', started)).toEqual([expect.stringContaining('outside of apps/cli')])
  })

  test('import only what their package.json declares', () => {
    write(
      'packages/intake/package.json',
      '{ "dependencies": { "yauzl": "1" }, "devDependencies": { "fast-check": "1" } }',
    )
    write('packages/intake/src/zip.ts', "import yauzl from 'yauzl'\n")
    write('packages/intake/src/zip.test.ts', "import fc from 'fast-check'\n")
    expect(findViolations(root)).toEqual([])
    expect(
      complaintsAbout('packages/intake/src/tar.ts', "import tar from 'tar-stream'\nimport fc from 'fast-check'\n"),
    ).toEqual([expect.stringContaining('imports tar-stream'), expect.stringContaining('imports fast-check')])
  })
})

describe('fixtures', () => {
  test('are for tests only', () => {
    const text = "import { heapFromText } from '@heaptrail/fixtures/text-heap'\n"
    write('packages/heap/src/graph.test.ts', text)
    expect(findViolations(root)).toEqual([])
    expect(complaintsAbout('packages/heap/src/graph.ts', text)).toEqual([
      expect.stringContaining('fixtures are for tests only'),
    ])
  })

  test('neither does product source import the support of tests', () => {
    const text = "import { randomGraph } from './testing/random-graph.ts'\n"
    write('packages/heap/src/graph.test.ts', text)
    write('packages/heap/src/testing/random-graph.ts', "import { seededRandom } from '@heaptrail/fixtures/random'\n")
    expect(findViolations(root)).toEqual([])
    expect(complaintsAbout('packages/heap/src/graph.ts', text)).toEqual([expect.stringContaining('for tests only')])
  })

  test.each(["'demo.redis.Utils'", "'scen.Scenarios$Bad'", "'HeapFiller'", '/demo\\.push/'.replaceAll('\\', '')])(
    'product source must not know %s',
    (name) => {
      expect(complaintsAbout('packages/heap/src/own-code.ts', `export const own = ${name}\n`)).toEqual([
        expect.stringContaining('of the fixtures'),
      ])
    },
  )

  test('a file or a route that is called demo is no fixture', () => {
    expect(complaintsAbout('apps/web/src/a.ts', "import { start } from './demo.ts'\nstart(routes.demo.id)\n")).toEqual(
      [],
    )
  })
})

describe('what only one place may touch', () => {
  test('the environment: env.ts of an app', () => {
    const text = 'export const port = process.env.HEAPTRAIL_PORT\n'
    write('apps/server/src/env.ts', text)
    expect(findViolations(root)).toEqual([])
    expect(complaintsAbout('apps/server/src/app.ts', text)).toEqual([expect.stringContaining('reads the environment')])
  })

  test.each(["import { env } from 'node:process'", 'const { env } = process', "const port = process['env'].PORT"])(
    'the environment, also by %s',
    (text) => {
      expect(complaintsAbout('apps/cli/src/main.ts', `${text}\n`)).toEqual([
        expect.stringContaining('reads the environment'),
      ])
    },
  )

  test("the server's files: storage/", () => {
    const text = "import { open } from 'node:fs/promises'\n"
    write('apps/server/src/storage/blobs.ts', text)
    expect(findViolations(root)).toEqual([])
    expect(complaintsAbout('apps/server/src/jobs/run.ts', text)).toEqual([
      expect.stringContaining('only storage/ touches'),
    ])
  })

  test("the browser's history: url/", () => {
    const text = "export const go = () => window.history.pushState({}, '', '/')\n"
    write('apps/web/src/url/history.ts', text)
    expect(findViolations(root)).toEqual([])
    expect(complaintsAbout('apps/web/src/shell.tsx', text)).toEqual([expect.stringContaining('only apps/web/src/url')])
    const navigate = "import { useNavigate } from '@tanstack/react-router'\n"
    expect(complaintsAbout('apps/web/src/go.tsx', navigate)).toContainEqual(expect.stringContaining('go.tsx'))
    write('apps/web/src/go.tsx', "import { RouterProvider } from '@tanstack/react-router'\n")
    expect(complaintsAbout('apps/web/src/link.tsx', 'export const here = () => location.href\n')).toHaveLength(2)
  })

  test('Node: not the packages that also run in browsers', () => {
    expect(complaintsAbout('packages/heap/src/a.ts', "import { cpus } from 'node:os'\n")).toEqual([
      expect.stringContaining('also runs in browsers'),
    ])
    expect(complaintsAbout('packages/hprof/src/b.ts', 'export const b = Buffer.alloc(1)\n')).toHaveLength(2)
  })
})

describe('files', () => {
  test('features of the UI never import each other', () => {
    write(
      'apps/web/src/features/histogram/view.tsx',
      "import { row } from './row.ts'\nimport { bytes } from '../../format/bytes.ts'\n",
    )
    expect(findViolations(root)).toEqual([])
    expect(
      complaintsAbout('apps/web/src/features/paths/view.tsx', "import { row } from '../histogram/row.ts'\n"),
    ).toEqual([expect.stringContaining('features of the UI never import each other')])
  })

  test('do not import in circles', () => {
    write('packages/heap/src/a.ts', "import { b } from './b.ts'\n")
    write('packages/heap/src/b.ts', "import { c } from '@heaptrail/heap/c'\n")
    expect(findViolations(root)).toEqual([])
    expect(complaintsAbout('packages/heap/src/c.ts', "export { a } from './a.ts'\nexport const c = 1\n")).toEqual([
      expect.stringMatching(/import cycle: .*a\.ts → .*b\.ts → .*c\.ts/),
    ])
  })

  test('may import types in circles, of which nothing is left at run time', () => {
    write('packages/heap/src/a.ts', "import { b } from './b.ts'\n")
    expect(
      complaintsAbout('packages/heap/src/b.ts', "import type {\n  A,\n} from './a.ts'\nexport const b = 1\n"),
    ).toEqual([])
  })

  test('are no barrels and have a name that says something', () => {
    expect(
      complaintsAbout('packages/heap/src/heap.ts', "/** All. */\nexport * from './a.ts'\nexport { b } from './b.ts'\n"),
    ).toEqual([expect.stringContaining('barrel')])
    expect(complaintsAbout('packages/heap/src/utils/a.ts', 'export const a = 1\n')).toHaveLength(2)
  })

  test('imports of every form are seen', () => {
    const text = `
import a from 'a'
import type { B } from 'b'
import * as c from 'c'
import d, { e } from 'd'
import 'e'
import {
  f,
} from 'f'
export { g } from 'g'
export type * from 'h'
const i = await import('i')
`
    expect(importsOf(text).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'])
  })
})
