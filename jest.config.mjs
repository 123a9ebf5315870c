import { availableParallelism } from 'node:os'

// Tests talk to the simulator on loopback, whose certificate is made anew each time; the packaged
// programs are tested with NODE_EXTRA_CA_CERTS, as a user sets it.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'

export default {
  testEnvironment: 'node',
  // Much of a test's time its programs wait: two at a time also where a machine has two cores.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // Programs are started, and wait as the services ask.
  testTimeout: 60_000,
  roots: ['<rootDir>/src', '<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2022',
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  reporters: ['default', '<rootDir>/scripts/count-reporter.mjs'],
  collectCoverageFrom: ['src/**/*.ts', '!**/__tests__/**'],
}
