/** Runs `callback` after the event loop has gone round once, so that a request just sent leaves first. Gives its cancel. */
export function nextTurn(callback: () => void): () => void {
  if (typeof setImmediate === 'function') {
    const handle = setImmediate(callback);
    return () => {
      clearImmediate(handle);
    };
  }
  // Browsers have no setImmediate, and their setTimeout waits 4 ms once nested.
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    channel.port1.close();
    callback();
  };
  channel.port2.postMessage(undefined);
  return () => {
    channel.port1.close();
  };
}
