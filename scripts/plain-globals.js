'use strict';

const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

/**
 * Where the specs run: Node, with its globals and errors at their usual cost. Jest's own globals lie behind an interceptor and a
 * proxy, so that each `Object` or `Map` that code names is a call (https://nodejs.org/api/vm.html#vmconstantsdont_contextify),
 * and its errors keep a hundred frames: specs that compute took twice the time.
 */
class PlainGlobals extends TestEnvironment {
  /** @param {ConstructorParameters<typeof TestEnvironment>} given */
  constructor(...given) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...given);
    } finally {
      vm.createContext = createContext;
    }
    this.global.Error.stackTraceLimit = 10; // as where nobody says
  }
}

module.exports = PlainGlobals;
