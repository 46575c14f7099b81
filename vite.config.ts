import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { scenarioIndex } from './scripts/scenario-index.ts'
import { engineWorker } from './scripts/engine-worker.ts'

export default defineConfig({
  base: './',
  plugins: [react(), scenarioIndex(), engineWorker()],
  build: {
    target: 'es2022',
    sourcemap: true,
    // Only the page's entry preloads script: the engine's chunks run in a worker too, which has no document to link from.
    modulePreload: {
      resolveDependencies: (_file, deps, { hostId }) =>
        /index-/.test(hostId) ? deps : deps.filter((dep) => dep.endsWith('.css')),
    },
  },
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
  },
})
