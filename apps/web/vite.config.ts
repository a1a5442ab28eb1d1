import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressFiles } from './compress-files.ts'
import { limitInitialSize } from './initial-size.ts'

/** `npm run dev -w @heaptrail/web` beside a running server (its default address) gives hot reload. */
export default defineConfig({
  plugins: [react(), limitInitialSize(), compressFiles()],
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:4280', changeOrigin: true } } },
})
