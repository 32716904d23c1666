import { transportConformance } from '../conformance/transport.conformance';
import { describeBrowser, useBrowser } from '../support/browser';

import { RemotePage } from './remote-transport';

jest.setTimeout(60_000); // a busy machine takes long to start a browser

describeBrowser('in Chromium', () => {
  const newPage = useBrowser();
  let remote: RemotePage;
  beforeAll(async () => {
    remote = await RemotePage.open(await newPage());
  });
  transportConformance('fetchTransport', (settings) => remote.transport(settings), {
    hidesRedirects: true,
    hidesCookies: true,
    hidesReasons: true,
    hasAddress: true,
    connectsEarly: true,
    takesCutHeads: true,
    addsHeaders: /^(?:sec-.*|origin|referer)$/,
    manyRequests: 100,
  });
});
