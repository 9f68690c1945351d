import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The server makes the page (src/web/console.ts); what is built here are the files it names, each after its content. */
export default defineConfig({
  root: import.meta.dirname,
  // Files find each other beside themselves: the server may be below a path.
  base: './',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: { input: 'src/main.tsx' },
    chunkSizeWarningLimit: 800,
    reportCompressedSize: false,
  },
})
