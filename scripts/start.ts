import axios from 'axios';
import { axiosTransport } from 'paged-observable/axios';

import { demoUsers } from '../lib/demo/data-set';
import { startDemoServer } from '../lib/demo/start-demo-server';

import { Report } from './tour/report';
import { interruptAndResume, meetBrokenPage, readSlowly } from './tour/stops';
import { showItems, showPages, takeThree, walkProtocols, type Tour } from './tour/walks';

/*
 * A tour of the toolkit over real HTTP: starts the demo API, walks it every way there is, and compares what came, and what
 * the server saw, with what is promised. `ok` or `FAIL` for each; exit code 1 if anything differs.
 */
async function main(): Promise<void> {
  const startedAt = performance.now();
  const server = await startDemoServer();
  const http = axios.create({ baseURL: server.url });
  const report = new Report();
  const tour: Tour = { server, transport: axiosTransport(http), users: demoUsers(250), report };
  console.log(`Demo API at ${server.url}: one list of 250 users, counted as the server sees it`);
  try {
    await showItems(tour);
    await walkProtocols(tour);
    await showPages(tour);
    await takeThree(tour);
    await readSlowly(tour);
    await interruptAndResume(tour);
    await meetBrokenPage(tour);
  } finally {
    await server.close();
  }
  console.log(report.summary((performance.now() - startedAt) / 1000));
  if (report.failures.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
