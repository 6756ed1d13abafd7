import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { offlineShell } from './offline-shell.ts';

const api = process.env.ZAIZAO_API ?? 'http://localhost:8080';
const behind = ['/api', '/epcis', '/log', '/01', '/pact', '/.well-known'];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), offlineShell()],
  server: {
    port: 5173,
    proxy: Object.fromEntries(behind.map((path) => [path, { target: api, changeOrigin: false }])),
  },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // the content security policy lets no data: script or font in
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'frame',
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|i18next|react-i18next|use-sync-external-store)[\\/]/,
            },
            { name: 'zod', test: /node_modules[\\/]zod[\\/]/ },
            {
              name: 'kit',
              test: /platform[\\/]src[\\/](kernel|http|ui[\\/](client|format|i18n[\\/]language|parts(?![\\/]chart-(engine|more))|page-list|session|theme|tour[\\/]tour))/,
            },
          ],
        },
      },
    },
  },
});
