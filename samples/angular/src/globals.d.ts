// The library looks for these, and does without them in a browser.
declare const setImmediate: ((callback: () => void) => object) | undefined;
declare const clearImmediate: (handle: object) => void;
