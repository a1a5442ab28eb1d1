import { PGlite, types } from '@electric-sql/pglite'

/** The embedded PostgreSQL over a folder; made when there is none. */
export function startDatabase(folder: string): Promise<PGlite> {
  return PGlite.create({
    dataDir: folder,
    // Saves some 100 MB; the tables are small.
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
    // Byte counts fit a double.
    parsers: { [types.INT8]: Number },
  })
}
