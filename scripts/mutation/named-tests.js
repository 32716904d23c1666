'use strict';

/**
 * Whether a test is among those whose names Stryker gives jest. Thousands of names make a pattern that takes a second to be held against
 * as many tests; here each is looked up.
 *
 * @param {string | undefined} pattern `(one)|(other)`, each escaped
 * @returns {(name: string) => boolean}
 */
function namedBy(pattern) {
  if (pattern === undefined || pattern === '') return () => true;
  const names = new Set(pattern.slice(1, -1).split(')|('));
  return (name) => names.has(name.replace(/[.*+\-?^${}()|[\]\\]/g, '\\$&'));
}

module.exports = { namedBy };
