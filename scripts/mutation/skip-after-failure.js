'use strict';

const { TestEnvironment } = require('jest-environment-node');

const { namedBy } = require('./named-tests');

/**
 * What is needed of jest-circus's events and state.
 *
 * @typedef {{ readonly name: string, readonly test: { mode: unknown, readonly errors: readonly unknown[] } }} TestEvent
 * @typedef {{ testNamePattern?: { test: (name: string) => boolean } | null }} TestState
 */

/** One failed test is enough to notice a change: the others of its file are left out. */
class SkipAfterFailure extends TestEnvironment {
  failed = false;

  /** @param {ConstructorParameters<typeof TestEnvironment>} all */
  constructor(...all) {
    super(...all);
    this.isNamed = namedBy(all[0].globalConfig.testNamePattern);
  }

  /**
   * @param {TestEvent} event
   * @param {TestState} state
   */
  handleTestEvent({ name, test }, state) {
    if (name === 'run_start' && state.testNamePattern)
      state.testNamePattern = { test: this.isNamed };
    if (name === 'test_start' && this.failed) test.mode = 'skip';
    if (name === 'test_done' && test.errors.length > 0) this.failed = true;
  }
}

module.exports = SkipAfterFailure;
