'use strict';

const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Specs that take more than some ten seconds, the longest first. Without times of an earlier run jest begins with the
 * largest files, and these are small.
 */
const slow = [
  'core/million-pages',
  'faults/faults-angular',
  'faults/faults-axios',
  'faults/faults-fetch',
  'faults/rxjs-contract',
  'export/kills',
  'openapi/real-documents',
  'openapi/mutated-documents',
  'flow/fuzz',
  'samples/samples',
  'cli/export',
  'soak/leaks',
  'transport/limits',
  'scripts/start',
  'cli/usage',
  'detect/metamorphic',
  'cli/generate',
];

class SlowSpecsFirst extends Sequencer {
  /**
   * @param {Parameters<Sequencer['sort']>[0]} tests
   * @override
   */
  async sort(tests) {
    const others = await super.sort(tests);
    return [...others].sort((one, other) => place(one.path) - place(other.path));
  }
}

/** @param {string} file */
function place(file) {
  const at = slow.findIndex((name) => file.endsWith(`${name}.spec.ts`));
  return at < 0 ? slow.length : at;
}

module.exports = SlowSpecsFirst;
