/** Finds the TypeScript files of the repository and what they import. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export interface SourceFile {
  /** Relative to the root, with `/`. */
  readonly path: string
  /** `packages/heap`, `apps/web`, `bench`, `scripts`. */
  readonly workspace: string
  /** Tests may do more than product source: fixtures, `node:`, environment. */
  readonly test: boolean
  readonly text: string
  readonly imports: readonly string[]
  /** Those that still exist when the types are stripped. */
  readonly valueImports: readonly string[]
}

const SKIPPED = new Set(['node_modules', 'dist', '.turbo', 'test-results', 'dumps', 'logs', 'archives'])

export function findSourceFiles(root: string): SourceFile[] {
  return ['apps', 'packages', 'bench', 'chaos', 'fuzz', 'scripts'].flatMap((folder) => {
    if (!existsSync(join(root, folder))) return []
    return filesBelow(root, folder).map((path) => readSourceFile(root, path))
  })
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesBelow(root, path)
    return /\.(ts|tsx)$/.test(entry.name) ? [path] : []
  })
}

function readSourceFile(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8')
  const [group = '', name = ''] = path.split('/')
  const workspace = group === 'apps' || group === 'packages' ? `${group}/${name}` : group
  const test = isTest(path, workspace)
  const imports = [...importsOf(text), ...programsOf(text)]
  return { path, workspace, test, text, imports, valueImports: importsOf(withoutTypeImports(text)) }
}

function isTest(path: string, workspace: string): boolean {
  if (['packages/fixtures', 'apps/e2e', 'chaos', 'fuzz'].includes(workspace)) return true
  return /\.(test|spec)\.tsx?$|\/testing\//.test(path) || path.startsWith(`${workspace}/test/`)
}

const STATIC_IMPORT =
  /^\s*import\s+(?:type\s+)?(?:[\w$]+\s*,?\s*)?(?:\{[^}]*\}|\*\s+as\s+[\w$]+)?\s*from\s+['"]([^'"]+)['"]/gm
const BARE_IMPORT = /^\s*import\s+['"]([^'"]+)['"]/gm
const RE_EXPORT = /^\s*export\s+(?:type\s+)?(?:\{[^}]*\}|\*(?:\s+as\s+[\w$]+)?)\s*from\s+['"]([^'"]+)['"]/gm
const DYNAMIC_IMPORT = /\bimport\(\s*['"`]([^'"`]+)['"`]/g
const PROGRAM = /\bnew URL\(\s*['"`]([^'"`]+\.(?:ts|tsx|js))['"`]\s*,\s*import\.meta\.url/g

/** What a file imports, statically, dynamically, for types, or to export it again. */
export function importsOf(text: string): string[] {
  return [STATIC_IMPORT, BARE_IMPORT, RE_EXPORT, DYNAMIC_IMPORT].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => match[1] ?? ''),
  )
}

/** Files of ours that are started as threads or processes. */
function programsOf(text: string): string[] {
  return [...text.matchAll(PROGRAM)].map(([, path = '']) => (path.startsWith('.') ? path : `./${path}`))
}

const TYPE_IMPORT =
  /^\s*(?:import|export)\s+type\s+(?:[\w$]+\s*,?\s*)?(?:\{[^}]*\}|\*(?:\s+as\s+[\w$]+)?)?\s*from\s+['"][^'"]+['"]/gm

function withoutTypeImports(text: string): string {
  return text.replace(TYPE_IMPORT, '')
}

/** True when a file does nothing but export what other files declare. */
export function isBarrel(text: string): boolean {
  const code = text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(RE_EXPORT, '')
  return RE_EXPORT.test(text) && code.trim() === ''
}
