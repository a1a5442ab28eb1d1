import { createHash, randomBytes } from 'node:crypto'

/** An unguessable id: 128 random bits. */
export function newId(): string {
  return randomBytes(16).toString('base64url')
}

/** The id of something that is named by its content. */
export function idOfContent(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
