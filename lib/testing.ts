/**
 * A server without a network, for tests of one's own.
 *
 * @module
 */
export { fakeTransport } from './testing/fake-transport';
export type {
  FakeFault,
  FakePage,
  FakeRequest,
  FakeScript,
  FakeTransport,
} from './testing/fake-transport';
