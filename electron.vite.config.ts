import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

export default defineConfig({
  main: {
    build: {
      // Only the native database stays a package; everything else is bundled, so that start-up reads few files.
      externalizeDeps: { exclude: ['@hyunbinseo/holidays-kr', 'csv-parse', 'iconv-lite', 'undici', 'valibot'] },
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          'core-worker': 'src/main/core/worker.ts',
          practice: 'src/practice/main.ts',
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload can load neither packages nor a second file, and must be CommonJS.
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts', secret: 'src/preload/secret.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    plugins: [react()],
    build: {
      minify: true,
      // The page's content policy allows fonts and scripts from its own origin only, so nothing becomes a data: URL.
      assetsInlineLimit: 0,
      // The limit is meant for pages that travel over a network; this one is read from the disk.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: { index: 'src/renderer/index.html', secret: 'src/renderer/secret.html' },
      },
    },
  },
})
