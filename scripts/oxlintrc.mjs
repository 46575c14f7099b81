// Writes .oxlintrc.json from the table of layers below: `node scripts/oxlintrc.mjs`. One table, so that the rules for each
// folder cannot drift apart; the test of the layers plants forbidden imports and sees them refused.
import { writeFileSync } from 'node:fs'

const SCREEN = ['react', 'react-dom', 'react-dom/*', 'zustand', 'd3', 'd3-*', 'framer-motion']
const ALL = ['base', 'kernel', 'check', 'lab', 'labs', 'engine', 'ui', 'app', 'cli', 'hunt', 'playwright', 'embed']

/**
 * Folder → which folders of `src` it may import, of which it may import types alone, which single files stand open all the
 * same, and whether it may see the screen's libraries and the host's.
 */
export const layers = {
  'src/base/**': { may: [] },
  'src/kernel/**': { may: ['base'] },
  'src/check/**': { may: ['base', 'kernel'] },
  'src/lab/**': { may: ['base', 'kernel', 'check'] },
  'src/labs/*/*': { may: ['base', 'kernel', 'check', 'lab', 'labs'] },
  'src/labs/*/*/**': { may: ['base', 'kernel', 'check', 'lab', 'labs'] },
  'src/labs/*/view/**': { may: ['base', 'kernel', 'check', 'lab', 'labs', 'ui'], screen: true },
  'src/labs/*/view/*/**': { may: ['base', 'kernel', 'check', 'lab', 'labs', 'ui'], screen: true },
  'src/engine/**': { may: ['base', 'kernel', 'check', 'lab', 'hunt'] },
  'src/hunt/**': { may: ['base', 'kernel', 'check', 'lab'] },
  'src/ui/**': { may: ['base'], types: ['kernel', 'lab'], screen: true },
  'src/app/**': {
    may: ['base', 'kernel', 'check', 'lab', 'hunt', 'ui', 'embed'],
    doors: ['!**/engine/messages.ts', '!**/engine/inline.ts', '!**/engine/worker.ts'],
    screen: true,
  },
  'src/embed/**': { may: [] },
  'src/playwright/**': { may: ['cli'], types: ['kernel', 'app'], host: true },
  'src/cli/**': { may: ['base', 'kernel', 'check', 'lab', 'engine', 'hunt'], host: true },
}

const CLOCKS = [
  'Date',
  'performance',
  'setTimeout',
  'setInterval',
  'queueMicrotask',
  'requestAnimationFrame',
  'Intl',
  'crypto',
]
const INEXACT = [
  'random',
  'log',
  'log2',
  'log10',
  'log1p',
  'exp',
  'expm1',
  'pow',
  'sin',
  'cos',
  'tan',
  'atan',
  'atan2',
  'tanh',
  'cbrt',
  'hypot',
]
const DETERMINISTIC = [
  'src/base/**',
  'src/kernel/**',
  'src/check/**',
  'src/lab/**',
  'src/labs/*/*.ts',
  'src/labs/*/monitors/**',
  'src/engine/**',
  'src/hunt/**',
]

/** A lab reaches its own files and the layers below, and never the folder beside it. */
const SIBLING = {
  'src/labs/*/*': '^\\.\\./[a-z]',
  'src/labs/*/*/**': '^\\.\\./\\.\\./[a-z]',
  'src/labs/*/view/**': '^\\.\\./\\.\\./[a-z]',
  'src/labs/*/view/*/**': '^\\.\\./\\.\\./\\.\\./[a-z]',
}

/** Nobody reads a longer function at one glance; lines without code do not count. */
const LONGEST_FUNCTION = 60
/** Those that were longer when this began to be counted. The list gets shorter, never longer. */
const TOO_LONG = [
  'src/app/components/CutSide.tsx',
  'src/app/components/ServerMenu.tsx',
  'src/app/components/SpaceTime.tsx',
  'src/app/components/WorkloadDialog.tsx',
  'src/kernel/commands.ts',
  'src/lab/house-story.ts',
  'src/labs/gossip/view/CrowdStage.tsx',
  'src/labs/raft/story.ts',
  'src/labs/raft/view/BarMenu.tsx',
  'src/labs/ring/view/More.tsx',
  'src/labs/ring/view/RingStage.tsx',
  'src/labs/ring/view/VersionGraph.tsx',
  'src/ui/lanes/LaneLines.tsx',
  'src/ui/lanes/RunStrip.tsx',
  'src/ui/stage/CutGesture.tsx',
  'src/ui/stage/FlightLayer.tsx',
]

const patterns = ({ may, types = [], doors = [], screen = false, host = false }) => {
  const forbidden = ALL.filter((layer) => !may.includes(layer) && !types.includes(layer))
  return [
    ...forbidden.map((layer) => ({
      group: [`**/${layer}/**`, ...doors],
      message: `this layer may not import ${layer}`,
    })),
    ...types.map((layer) => ({ group: [`**/${layer}/**`], allowTypeImports: true, message: `only types of ${layer}` })),
    ...(screen ? [] : [{ group: SCREEN, message: 'no screen below ui' }]),
    ...(host ? [] : [{ regex: '^node:', message: 'nothing of the host but in cli' }]),
  ]
}

const override = ([files, layer]) => {
  const sibling = SIBLING[files]
  const beside = sibling === undefined ? [] : [{ regex: sibling, message: 'a lab never imports another lab' }]
  return {
    files: [files],
    excludeFiles: ['**/*.test.ts', '**/*.testing.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [...patterns(layer), ...beside] }] },
  }
}

const config = {
  $schema: './node_modules/oxlint/configuration_schema.json',
  plugins: ['typescript', 'unicorn', 'oxc', 'react', 'import', 'jsx-a11y', 'vitest'],
  categories: { correctness: 'error', suspicious: 'warn', perf: 'warn' },
  options: { typeAware: true, typeCheck: false },
  rules: {
    'import/no-cycle': 'error',
    'react/react-in-jsx-scope': 'off',
    'typescript/no-floating-promises': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/no-explicit-any': 'error',
    'typescript/unbound-method': 'off',
    'react/rules-of-hooks': 'error',
    'react/exhaustive-deps': 'error',
    'unicorn/require-post-message-target-origin': 'off',
    'unicorn/prefer-add-event-listener': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
    'typescript/consistent-type-imports': 'error',
    'no-await-in-loop': 'off',
    'no-console': 'off',
    'import/no-named-as-default-member': 'off',
    'unicorn/prefer-set-has': 'off',
    'unicorn/no-thenable': 'off',
    'no-shadow': 'off',
    'import/no-unassigned-import': 'off',
    'jsx-a11y/control-has-associated-label': 'off',
    'jsx-a11y/no-static-element-interactions': 'off',
    'jsx-a11y/no-noninteractive-element-interactions': 'off',
    'jsx-a11y/click-events-have-key-events': 'off',
    'jsx-a11y/role-supports-aria-props': 'off',
    'oxc/no-map-spread': 'off',
    'oxc/approx-constant': 'off',
    'typescript/consistent-return': 'off',
    'vitest/expect-expect': 'off',
    'vitest/no-conditional-expect': 'off',
    'jsx-a11y/prefer-tag-over-role': 'off',
  },
  overrides: [
    ...Object.entries(layers).map(override),
    {
      files: ['src/**', 'bench/**', 'scripts/**'],
      excludeFiles: ['**/*.test.ts', '**/*.testing.ts', ...TOO_LONG],
      rules: {
        'max-lines-per-function': ['error', { max: LONGEST_FUNCTION, skipBlankLines: true, skipComments: true }],
      },
    },
    {
      files: DETERMINISTIC,
      excludeFiles: ['**/*.test.ts', '**/*.testing.ts', 'src/engine/worker.ts'],
      rules: {
        'no-restricted-globals': ['error', ...CLOCKS],
        'no-restricted-properties': [
          'error',
          ...INEXACT.map((property) => ({
            object: 'Math',
            property,
            message: 'differs between engines or runs; see base/math and base/random',
          })),
        ],
      },
    },
  ],
  ignorePatterns: ['dist*', 'node_modules', 'playwright-report', 'test-results', 'reports'],
}

writeFileSync(new URL('../.oxlintrc.json', import.meta.url), `${JSON.stringify(config, null, 2)}\n`)
