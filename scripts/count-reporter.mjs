// Closes a run with the plain line that other programs read: how many tests ran.
export default class CountReporter {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites }) {
    const failed = numFailedTests + numRuntimeErrorTestSuites
    console.log(`\n${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped`)
  }
}
