'use strict';

const { TestEnvironment } = require('jest-environment-node');

/**
 * What is needed of jest-circus's events.
 *
 * @typedef {{ readonly name: string, readonly test: { mode: unknown, readonly errors: readonly unknown[] } }} TestEvent
 */

/** One failed test is enough to notice a change: the others of its file are left out. */
class SkipAfterFailure extends TestEnvironment {
  failed = false;

  /** @param {TestEvent} event */
  handleTestEvent({ name, test }) {
    if (name === 'test_start' && this.failed) test.mode = 'skip';
    if (name === 'test_done' && test.errors.length > 0) this.failed = true;
  }
}

module.exports = SkipAfterFailure;
