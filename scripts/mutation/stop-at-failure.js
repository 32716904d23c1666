'use strict';

const { default: Runner } = require('jest-runner');

/** One failed spec file is enough to notice a change, and jest's own `bail` is not for who calls it from a program. */
class StopAtFailure extends Runner {
  /**
   * @param {Parameters<Runner['runTests']>[0]} specs
   * @param {Parameters<Runner['runTests']>[1]} watcher
   * @param {Parameters<Runner['runTests']>[2]} options
   * @override
   */
  async runTests(specs, watcher, options) {
    this.on('test-file-success', async ([, { numFailingTests }]) => {
      if (numFailingTests > 0) await watcher.setState({ interrupted: true });
    });
    await super.runTests(specs, watcher, options);
  }
}

module.exports = StopAtFailure;
