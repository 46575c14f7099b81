import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { scenarioIndex } from './scripts/scenario-index.ts'
import { embedBeside } from './scripts/embed-scripts.ts'
import { offline } from './scripts/offline.ts'
import { pageStart } from './scripts/page-start.ts'
import { styleFirst } from './scripts/style-first.ts'
import { engineWorker } from './scripts/engine-worker.ts'

/**
 * What comes together comes in one file, with all that it imports: a small file costs more to send than it saves. The first
 * group that fits takes a module. What page and worker both need is the base; refusals they need later, and apart from each other.
 */
const chunks = [
  {
    name: 'base',
    test: /preload-helper|src\/(base\/(?!deflate|base64url|many|wheel)|lab\/(core-only|pick-key|setup|stories)\.)/,
  },
  { name: 'refusal', test: /src\/kernel\/refusal\.ts/ },
  { name: 'engine', test: /src\/engine\/worker\.ts/ },
  { name: 'session', test: /src\/engine\/session\.ts/ },
  {
    name: 'page',
    test: /src\/(app\/main|ui\/(stage\/(Stage|arc)|PanelSkeleton|write-bar\/(WriteBar|draft)))\.tsx?|theme\.css/,
  },
]

export default defineConfig({
  base: './',
  plugins: [react(), scenarioIndex(), engineWorker(), styleFirst(), pageStart(), embedBeside(), offline()],
  build: {
    target: 'es2022',
    sourcemap: true,
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
    // Only the document preloads script: the engine's chunks run in a worker too, which has no document to link from.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, deps, { hostType }) =>
        hostType === 'html' ? deps : deps.filter((dep) => dep.endsWith('.css')),
    },
  },
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    // On two cores the default is one.
    maxWorkers: 2,
    // Tests change nothing that another file could see; to load every module once more for each file costs a fifth of the time.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
