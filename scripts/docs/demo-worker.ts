import { parentPort } from 'node:worker_threads';

import { startDemoServer } from '../../lib/demo/start-demo-server';

// In a thread of its own, so that the server's connections do not keep the thread of a block alive.
void startDemoServer().then(({ url }) => {
  parentPort?.postMessage(url);
});
