import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './steps.ts'

/** Our Markdown files: at the top, in docs/, bench/ and the workspaces. */
function documents(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return /^(node_modules|dist|test-results|\..*)$/.test(entry.name) ? [] : documents(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

/** Links within the repository, without the part behind `#`. */
function linksOf(document: string): string[] {
  const text = readFileSync(join(ROOT, document), 'utf8').replace(/```[\s\S]*?```/g, '')
  return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? '')
}

test.each(documents())('the links of %s lead somewhere', (document) => {
  const broken = linksOf(document).filter((link) => !existsSync(join(ROOT, dirname(document), link)))
  expect(broken).toEqual([])
})
