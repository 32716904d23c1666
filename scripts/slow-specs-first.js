'use strict';

const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Specs that take more than some ten seconds, the longest first. Without times of an earlier run jest begins with the
 * largest files, and these are small.
 */
const slow = [
  'faults/faults-angular',
  'export/kills',
  'openapi/real-documents',
  'faults/faults-fetch',
  'faults/faults-axios',
  'browser/angular-sample',
  'core/million-pages',
  'queue/faults-embedded',
  'queue/faults',
  'faults/rxjs-contract',
  'cli/generate',
  'cli/export',
  'scripts/start',
  'browser/pages',
  'samples/samples',
  'detect/metamorphic',
  'cli/stopping',
  'browser/conformance',
  'transport/limits',
  'flow/overlap',
  'scripts/soak',
  'flow/fuzz',
  'cli/items',
  'laws/resume',
  'cli/usage',
  'cli/export-broken-output',
  'cli/jobs',
  'detect/transformations',
  'laws/troubled-walks',
  'dialect/catalogue',
  'soak/leaks',
  'queue/database/embedded-database',
  'cli/secrets',
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
