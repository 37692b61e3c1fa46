import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `npm run dev` finds the server; the built app is served by the server itself. */
const api = process.env.PMS_SERVER ?? 'http://127.0.0.1:8000'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The server's content policy allows no data: addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    // Says which files a page needs: scripts/web-size.ts adds them up.
    manifest: true,
  },
  server: {
    proxy: { '/api': { target: api, ws: true } },
  },
})
